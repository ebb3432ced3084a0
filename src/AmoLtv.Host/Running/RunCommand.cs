using System.CommandLine;

namespace AmoLtv.Host.Running;

/// <summary><c>amoltv run</c>: the whole night at once.</summary>
public static class RunCommand
{
    public static Command Create() =>
        new Command("run", "Syncs, recalculates, writes back and analyses now: what the schedule does at night.").WithRun(RunSteps.All, isDated: true);
}
