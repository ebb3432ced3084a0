using System.CommandLine;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Valuing;

/// <summary><c>amoltv recalculate</c>.</summary>
public static class RecalculateCommand
{
    public static Command Create() =>
        new Command("recalculate", "Values every customer from what is stored.").WithRun([RunSteps.Recalculate], isDated: true);
}
