using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>What a run has to do.</summary>
/// <param name="Cause">One of <see cref="RunCause"/>.</param>
/// <param name="Steps">Of <see cref="RunSteps.Ordered"/>; taken in that order whatever the order here.</param>
/// <param name="AsOf">The date all numbers are of where it is fixed by hand, else null.</param>
/// <param name="Patience">How long to wait for an account that another run holds; zero asks once.</param>
public sealed record RunRequest(string Cause, IReadOnlyCollection<string> Steps, DateOnly? AsOf, TimeSpan Patience)
{
    /// <summary>The run whose writes are taken back, for the step <see cref="RunSteps.Undo"/>.</summary>
    public RunId? Undoes { get; init; }

    /// <summary>The user of the CRM who asked; null where none did.</summary>
    public UserId? AskedBy { get; init; }

    /// <summary>The row of <c>run_requests</c> that this run answers: it begins only while that row waits. Null where there is none.</summary>
    public long? Request { get; init; }

    /// <summary>The moment the schedule set it for: once a run for that moment is finished, no other begins. Null where no schedule asks.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How long commands wait for another run of the account to end.</summary>
    public static TimeSpan CommandPatience { get; } = TimeSpan.FromMinutes(2);
}
