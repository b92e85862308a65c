using System.Collections.Concurrent;
using System.Threading;

namespace R3X.FxHost.Studio.Hear;

/// <summary>The sound of every page that is open, by its id, and which of them has the loudspeaker. Any
/// thread.</summary>
public sealed class SoundStore
{
    private readonly ConcurrentDictionary<string, Sound> _sounds = new();
    private Sound? _atLoudspeaker;

    /// <summary>A page's sound; null where no open page has the id.</summary>
    /// <param name="id">The id.</param>
    public Sound? Find(string id) => _sounds.TryGetValue(id, out Sound? sound) ? sound : null;

    internal void Add(Sound sound) => _sounds[sound.Id] = sound;

    internal void Remove(Sound sound) => _sounds.TryRemove(sound.Id, out _);

    /// <summary>Gives a page the loudspeaker, until <see cref="LeaveLoudspeaker"/>.</summary>
    /// <returns>Whether no other page has it.</returns>
    internal bool TakeLoudspeaker(Sound sound) =>
        Interlocked.CompareExchange(ref _atLoudspeaker, sound, null) is null || _atLoudspeaker == sound;

    internal void LeaveLoudspeaker(Sound sound) => Interlocked.CompareExchange(ref _atLoudspeaker, null, sound);
}
