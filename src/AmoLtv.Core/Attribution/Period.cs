using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Attribution;

/// <summary>Days of the account, both ends included.</summary>
public readonly record struct Period
{
    /// <exception cref="ArgumentOutOfRangeException">The end lies before the start.</exception>
    public Period(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        (From, To) = (from, to);
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    /// <summary>The equal period just before: as many whole months where this one is whole months, else as many days.</summary>
    public Period Earlier
    {
        get
        {
            var months = AccountDays.CompletedMonths(From, To.AddDays(1));
            var from = From.Day == 1 && From.AddMonths(months) == To.AddDays(1)
                ? From.AddMonths(-months)
                : From.AddDays(From.DayNumber - To.DayNumber - 1);
            return new Period(from, From.AddDays(-1));
        }
    }

    public bool Contains(DateOnly day) => day >= From && day <= To;
}
