namespace AmoLtv.Host.Settings;

/// <summary>A change of what channels cost, as the page lists it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind"><c>cell</c>, <c>import</c> or <c>undo</c>.</param>
/// <param name="By">Number of the user.</param>
/// <param name="At">When.</param>
/// <param name="Note">Name of the imported file.</param>
/// <param name="Cells">How many cells it changed.</param>
/// <param name="UndoneBy">Who took it back; null where nobody did.</param>
/// <param name="UndoneAt">When.</param>
public sealed record SpendChange(
    long Id, string Kind, string By, DateTimeOffset At, string Note, int Cells, string? UndoneBy, DateTimeOffset? UndoneAt);
