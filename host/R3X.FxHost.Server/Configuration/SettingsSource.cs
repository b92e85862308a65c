using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Server.Configuration;

/// <summary>Puts the settings together: options come before variables of the environment, and these before
/// <c>host.yaml</c>.</summary>
/// <param name="parsed">The command line.</param>
/// <param name="settings">The options that are settings.</param>
internal sealed class SettingsSource(ParseResult parsed, IReadOnlyList<SettingOption> settings)
{
    /// <summary>Reads them, the files of secrets, too.</summary>
    /// <param name="file">What <c>host.yaml</c> says.</param>
    /// <param name="wrong">What is wrong with options, variables and files of secrets, whole sentences; what they say
    /// is left out then.</param>
    public ServeSettings Read(ServeSettings file, out IReadOnlyList<string> wrong)
    {
        List<PresetDiagnostic> mistakes = [];
        List<string> unreadable = [];
        ServeSettings all = file;
        foreach (string secret in Secrets.Variables)
        {
            try
            {
                if (Secrets.TryFind(secret, out string? value, out string place) && secret == "R3X_TOKEN")
                    Set(place, "token", value);
            }
            catch (IOException e)
            {
                unreadable.Add(e.Message);
            }
        }

        foreach (SettingOption setting in settings.Where(static setting => setting.Key != "token"))
        {
            if (ServeVariables.Find(setting.Key) is { } value)
                Apply(ServeVariables.NameOf(setting.Key), setting, setting.IsMany ? value.Split(',') : [value]);
        }

        foreach (SettingOption setting in settings)
            Apply(setting.Name, setting, parsed.GetValue(setting.Option) ?? []);
        wrong = [.. unreadable, .. mistakes.Select(ServeLog.Format)];
        return all;

        void Apply(string place, SettingOption setting, string[] given)
        {
            foreach (string value in setting.Written(given))
                Set(place, setting.Key, value);
        }

        void Set(string place, string key, string value)
        {
            all = ServeSettingsReader.Set(place, key, value, all, out IReadOnlyList<PresetDiagnostic> found);
            mistakes.AddRange(found);
        }
    }
}
