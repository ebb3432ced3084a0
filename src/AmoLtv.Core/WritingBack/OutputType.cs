namespace AmoLtv.Core.WritingBack;

/// <summary>What kind of custom field a number is written into, and with it how two values of it are compared.</summary>
public enum OutputType
{
    /// <summary>A number, rounded to two decimals.</summary>
    Numeric,

    Text,

    /// <summary>A calendar day, written as noon of it in the account's time zone, as unix seconds.</summary>
    Date,

    /// <summary>A moment, unix seconds.</summary>
    DateTime,
}
