namespace AmoLtv.Host.Retention;

/// <summary>How long what is past is kept (section <c>Retention</c>). Numbers in force, purchases and the trail of settings are never deleted by age.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days for which runs, their steps, requests of runs, tasks and notices are kept (30 to 3,650). By runs the age of all else is told.</summary>
    public int RunDays { get; init; } = 760;

    /// <summary>Days for which before and after of every written field are kept, and so a run can be taken back (7 to RunDays).</summary>
    public int FieldDays { get; init; } = 180;

    /// <summary>Days for which earlier results of clients are kept (30 to RunDays).</summary>
    public int ResultDays { get; init; } = 760;
}
