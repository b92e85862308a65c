using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Cli.Projects;

/// <summary><c>--with</c>: effects of the user's own, built where they are projects, and added to the line's
/// chain.</summary>
internal sealed class WithOption
{
    private readonly Option<string[]> _with = new("--with")
    {
        Description = "Add an effect of your own in front of the limiter, unless the preset has it: its project, which "
            + "is built when it has changed, its plugin's folder or its DLL. May be repeated.",
        HelpName = "PATH",
    };

    private static readonly EnumerationOptions AsPluginsAreFound =
        new() { RecurseSubdirectories = true, MaxRecursionDepth = 1 };

    private Dictionary<string, string>? _folders;

    public WithOption(Command verb) => verb.Options.Add(_with);

    /// <summary>The plugins' folders; projects are built.</summary>
    /// <exception cref="UsageException">There is no plugin at a path.</exception>
    /// <exception cref="IOException">A project cannot be built.</exception>
    public IEnumerable<string> Folders(ParseResult parsed)
    {
        _folders ??= Paths(parsed).ToDictionary(path => path, FolderOf);
        return _folders.Values;
    }

    /// <summary>The changes to a preset that add them.</summary>
    /// <exception cref="UsageException">One cannot be used.</exception>
    public string[] Additions(ParseResult parsed, FxHost host) =>
        [.. Paths(parsed).SelectMany(path => EffectsAt(path, host)).Select(effect => "+" + effect.Id).Distinct()];

    /// <summary>Says where in a line's chain they are.</summary>
    public void Tell(ParseResult parsed, FxHost host, SpeechSelection selection)
    {
        if (Paths(parsed).Length == 0 || host.Explain(selection).Choice.Preset is not { } preset)
            return;
        ChainPlan plan = PresetOverrides.Apply(preset, selection.Overrides, host.Effects).Plan;
        foreach (EffectDescription effect in Paths(parsed).SelectMany(path => EffectsAt(path, host)))
        {
            int at = plan.Slots.ToList().FindIndex(slot => slot.EffectId == effect.Id);
            string place = at < 0 ? $"is bypassed in {preset.Id}"
                : preset.Steps.Any(step => step.Slot.EffectId == effect.Id) ? $"is where {preset.Id} has it"
                : at + 1 < plan.Slots.Count ? $"added before {plan.Slots[at + 1].Step}"
                : "added at the end";
            Messages.Note($"{effect.Id} {effect.Version} {place}");
        }
    }

    /// <summary>Builds projects again whenever a file of theirs is saved, until it is told to stop.</summary>
    public async Task KeepBuiltAsync(ParseResult parsed, CancellationToken stop)
    {
        EffectProject[] projects = [.. Paths(parsed).Select(EffectProject.At).OfType<EffectProject>()];
        DateTime tried = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (projects.Length > 0 && await looks.WaitForNextTickAsync(stop))
        {
            DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
            EffectProject[] saved = [.. projects.Where(project => project.IsNewerThan(tried))];
            if (saved.Length > 0)
                tried = now;
            foreach (EffectProject project in saved)
                TryBuild(project);
        }
    }

    private static void TryBuild(EffectProject project)
    {
        try
        {
            project.BuiltFolder();
        }
        catch (IOException e)
        {
            Messages.Warning(e.Message);
        }
    }

    private string[] Paths(ParseResult parsed) => [.. (parsed.GetValue(_with) ?? []).Distinct()];

    private static string FolderOf(string path)
    {
        if (EffectProject.At(path) is { } project)
            return project.BuiltFolder();
        if (Directory.Exists(path))
            return Path.GetFullPath(path);
        if (File.Exists(path) && Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase))
            return Path.GetDirectoryName(Path.GetFullPath(path))!;
        throw new UsageException(File.Exists(path)
            ? $"--with {path}: it is neither a project nor a DLL. Name the project's folder, the plugin's folder or "
                + "its DLL."
            : $"--with {path}: there is no such folder or DLL. Check the path.");
    }

    // A copy of the plugin that was found in another folder first is the same plugin.
    private List<EffectDescription> EffectsAt(string path, FxHost host)
    {
        string folder = _folders![path];
        bool isDll = Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase);
        string[] files = isDll
            ? [Path.GetFullPath(path)]
            : Directory.GetFiles(folder, "*.dll", AsPluginsAreFound);
        string[] names = [.. files.Select(file => Path.GetFileName(file))];
        List<EffectDescription> effects =
            [.. host.Effects.Effects.Where(effect => names.Contains(Path.GetFileName(effect.File)))];
        if (effects.Count == 0)
            throw Refusal(
                path, host.Effects.Refused.FirstOrDefault(plugin => files.Append(folder).Contains(plugin.File)));
        foreach (EffectDescription effect in effects)
        {
            if (!host.Effects.TryLoad(effect.Id, out _, out RefusedPlugin? refused))
                throw Refusal(path, refused);
        }

        return effects;
    }

    private static UsageException Refusal(string path, RefusedPlugin? refused) => new(refused is null
        ? $"--with {path}: there is no effect in it. Mark the assembly with [assembly: Effect(\"my-effect\", "
            + "\"My effect\", EffectRole.Tone)], and build it."
        : $"--with {path}: {refused.File} cannot be used. {refused.Reason} {refused.Fix}");
}
