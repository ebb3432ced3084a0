namespace AmoLtv.Core.Purchases;

/// <summary>Why a lead is not summed.</summary>
public enum ExclusionReason
{
    NotWon = 1,

    /// <summary>Won in a pipeline that the admin did not pick.</summary>
    OtherPipeline = 2,

    /// <summary>Without an amount, or with one that is not above 0.</summary>
    NoAmount = 3,
    NoCustomer = 4,
    NoDate = 5,

    /// <summary>In a stage of reversal: the sale went back.</summary>
    Returned = 6,
    Deleted = 7,

    /// <summary>
    /// Before the account's period: known to the history, left out of the sums.
    /// After the day up to which purchases count: not known to either.
    /// </summary>
    OutsidePeriod = 8,
    ExcludedByHand = 9,
}
