using System.IO;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli;

/// <summary>Whom a sound is compared with.</summary>
/// <param name="Name">What people call the character; of a file, its name.</param>
/// <param name="Profile">What is typical of it.</param>
internal sealed record Character(string Name, CharacterProfile Profile)
{
    /// <summary>DJ R-3X, or the character of a file that <c>r3x profile</c> wrote.</summary>
    /// <param name="path">The file; null for DJ R-3X.</param>
    public static Character Of(string? path)
    {
        if (path is null)
            return new Character("DJ R-3X", CharacterProfile.DjRex);
        if (Directory.Exists(path))
            throw new UsageException(
                $"\"{path}\" is a folder. Name a profile in it, or make one: r3x profile {path} -o character.json");
        using FileStream file = File.OpenRead(path);
        try
        {
            return new Character(Path.GetFileNameWithoutExtension(path), CharacterProfile.Read(file));
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"\"{path}\" cannot be used. {e.Message}");
        }
    }
}
