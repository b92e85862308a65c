using System.Globalization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using R3X.FxHost.Auditioning;

namespace R3X.FxHost.Studio.Hear;

/// <summary>What the view does.</summary>
public sealed partial class HearView
{
    private const string Files = "./_content/R3X.FxHost.Studio/";

    private ElementReference _area;
    private IJSObjectReference? _audio;
    private IJSObjectReference? _hear;
    private DotNetObjectReference<HearView>? _self;
    private Audition? _told;
    private Audition? _played;
    private bool _isOn;
    private bool _isRecording;

    [Inject]
    private IStringLocalizer<Texts> Texts { get; set; } = null!;

    [Inject]
    private Sound Sound { get; set; } = null!;

    [Inject]
    private PageState Page { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string LineText => Sound.Audition is not { } audition ? Texts["Hear.Preparing"]
        : Texts["Hear.Line", NameOfLine, audition.Duration.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture)];

    private string NameOfLine => Sound.LineName ?? Texts["Hear.BundledLine"];

    /// <summary>A shortcut key was pressed.</summary>
    [JSInvokable]
    public async Task PressAsync(string key)
    {
        switch (key)
        {
            case "1" or "2" or "3":
                Hear((AuditionSource)(key[0] - '1'));
                break;
            case "x":
                Hear(Sound.HeardBefore);
                break;
            default:
                await ToggleAsync();
                break;
        }

        StateHasChanged();
    }

    /// <summary>A line did not arrive.</summary>
    [JSInvokable]
    public void NotUploaded(string name) => Sound.Tell(Texts["Hear.NotUploaded", name]);

    /// <summary>A line was more than the server takes.</summary>
    [JSInvokable]
    public void TooLarge(string name) => Sound.Tell(Texts["Hear.TooLarge", name]);

    /// <summary>Ends the recording, which becomes the line.</summary>
    [JSInvokable]
    public async Task EndRecordingAsync()
    {
        if (!_isRecording || _hear is null)
            return;
        _isRecording = false;
        await _hear.InvokeVoidAsync("endRecording");
        StateHasChanged();
    }

    /// <summary>The host has ended it: there is another line, or it cannot be heard.</summary>
    [JSInvokable]
    public async Task StoppedAsync()
    {
        _isOn = false;
        if (Sound.Audition != _played)
            await PlayAsync();
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Sound.Changed -= Redraw;
        try
        {
            if (_audio is not null)
                await _audio.InvokeVoidAsync("stop");
            if (_hear is not null)
                await _hear.InvokeVoidAsync("detach");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its sound with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Sound.Changed += Redraw;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        _audio = await Script.InvokeAsync<IJSObjectReference>("import", Files + "audio.js");
        _hear = await Script.InvokeAsync<IJSObjectReference>("import", Files + "hear.js");
        await _hear.InvokeVoidAsync("attach", _self, _area, $"studio/lines?page={Sound.Id}");
        if (Sound.Audition is null)
            await Sound.UseBundledAsync();
        _told = Sound.Audition;
    }

    private void Redraw() => InvokeAsync(FollowAsync);

    private async Task FollowAsync()
    {
        if (_told is not null && Sound.Audition != _told)
        {
            _told = Sound.Audition;
            Page.Announce(Texts["Hear.Taken", NameOfLine]);
        }

        if (_isOn && Sound.Audition != _played)
            await PlayAsync();
        StateHasChanged();
    }

    private Task ToggleAsync() => _isOn ? StopAsync() : PlayAsync();

    private async Task PlayAsync()
    {
        if (_audio is null || Sound.Audition is not { } audition)
            return;
        (_isOn, _played) = (true, audition);
        try
        {
            await _audio.InvokeVoidAsync("play", $"studio/audio?page={Sound.Id}&output={Sound.Output}", _self,
                Sound.Output == SoundOutput.Browser, audition.Format.SampleRate, audition.Format.Channels);
        }
        catch (JSException e)
        {
            _isOn = false;
            Sound.Tell(Texts["Hear.NotPlayed", e.Message]);
        }
    }

    private async Task StopAsync()
    {
        _isOn = false;
        if (_audio is not null)
            await _audio.InvokeVoidAsync("stop");
    }

    private async Task RecordAsync()
    {
        if (_hear is null || _isRecording)
        {
            await EndRecordingAsync();
            return;
        }

        await StopAsync();
        if (await _hear.InvokeAsync<string?>("record", Texts["Hear.RecordingName"].Value) is { } why)
        {
            Sound.Tell(Texts["Hear.NoMicrophone", why]);
            return;
        }

        _isRecording = true;
        Page.Announce(Texts["Hear.Recording"]);
    }

    private async Task MoveAsync(SoundOutput output)
    {
        Sound.Output = output;
        if (_isOn)
            await PlayAsync();
    }

    private void Hear(AuditionSource source)
    {
        Sound.Hear(source);
        Page.Announce(Texts["Hear.NowHeard", Texts["Hear." + source]]);
    }
}
