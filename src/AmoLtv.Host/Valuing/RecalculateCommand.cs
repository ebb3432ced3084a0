using System.CommandLine;

namespace AmoLtv.Host.Valuing;

/// <summary><c>amoltv recalculate</c>.</summary>
public static class RecalculateCommand
{
    public static Command Create() => new("recalculate", "Values every customer from what is stored.");
}
