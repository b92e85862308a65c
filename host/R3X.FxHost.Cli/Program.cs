using System;
using R3X.FxHost.Cli;
using R3X.FxHost.Cli.Players;

// A player starts for every line: around all that verbs need.
if (args is [PlayAs.Name, ..])
    Environment.Exit(PlayAs.Run(args[1..]));
if (!OpenFiles.AreEnough())
    return ExitCode.Failed;
// The server takes this process's place, and its streams as they are.
if (args is [ServeVerb.Name, ..])
    return ServeVerb.Run(args.AsSpan(1));
if (args is [StudioVerb.Name, ..] && !StudioVerb.AsksForHelp(args))
    return StudioVerb.Run(args.AsSpan(1));
R3X.FxHost.Cli.Console.Take();
// A thread that a plugin left behind keeps no program alive that is done.
Environment.Exit(R3xCommand.Run(args));
return ExitCode.Done;
