using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Release;

// make-archive FOLDER BOM: completes a published folder, r3x-VERSION-RID, and packs it into an archive beside it. The
// BOM is what CycloneDX's tool made of the project it was published from. ./build.sh --release calls this.
if (args.Length != 2)
{
    Console.Error.WriteLine("make-archive: name the published folder, and the bill of materials of its project.");
    return 2;
}

var folder = new DirectoryInfo(args[0]);
try
{
    Package[] packages = Package.In(folder);
    File.WriteAllText(Path.Combine(folder.FullName, Notices.FileName), Notices.Of(folder, packages));
    File.WriteAllText(
        Path.Combine(folder.FullName, BillOfMaterials.FileName),
        BillOfMaterials.Of(folder.Name, packages, File.ReadAllText(args[1])));
    FileInfo archive = Archive.Make(folder);
    Checksums.Write(folder.Parent!);
    Console.WriteLine($"{archive.Name}  {archive.Length / 1e6:0.0} MB, {Unpacked(folder) / 1e6:0} MB unpacked");
    return 0;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine("make-archive: " + e.Message);
    return 1;
}

static long Unpacked(DirectoryInfo folder) =>
    folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
