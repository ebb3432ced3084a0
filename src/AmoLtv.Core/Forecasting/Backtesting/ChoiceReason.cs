namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>Why a method was chosen; the values are kept in stored results.</summary>
public enum ChoiceReason
{
    /// <summary>A model beat every other method inside the history.</summary>
    ModelWon = 1,

    /// <summary>The mean of two methods beat each of them.</summary>
    CombinationWon = 2,

    /// <summary>No model did better than a simple method: the simple one is used.</summary>
    SimpleWon = 3,

    /// <summary>The history is too short, or the base too small, to choose on.</summary>
    TooLittleHistory = 4,
}
