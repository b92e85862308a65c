using R3X.FxHost.Cli;

return R3xCommand.Run(args);
