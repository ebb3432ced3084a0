using System.CommandLine;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Analytics;

/// <summary><c>amoltv analyse</c>.</summary>
public static class AnalyseCommand
{
    public static Command Create() =>
        new Command("analyse", "Makes the analyses of the whole base from the results in force: managers, channels, losses, cohorts and so on.")
            .WithRun([RunSteps.Analyse], isDated: false);
}
