using System;
using R3X.FxHost.Cli;

if (!OpenFiles.AreEnough())
    return ExitCode.Failed;
// The server takes this process's place, and its streams as they are.
if (args is [ServeVerb.Name, ..])
    return ServeVerb.Run(args.AsSpan(1));
R3X.FxHost.Cli.Console.Take();
// A thread that a plugin left behind keeps no program alive that is done.
Environment.Exit(R3xCommand.Run(args));
return ExitCode.Done;
