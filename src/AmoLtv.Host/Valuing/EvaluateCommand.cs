using System.CommandLine;

namespace AmoLtv.Host.Valuing;

/// <summary><c>amoltv evaluate</c>.</summary>
public static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Values a plain CSV file without a CRM or database.");
}
