using System;
using R3X.FxHost.Server;

Environment.Exit(ServeCommand.Run(args));
