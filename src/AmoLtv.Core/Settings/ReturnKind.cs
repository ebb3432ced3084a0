namespace AmoLtv.Core.Settings;

/// <summary>What a lead in a return stage means.</summary>
public enum ReturnKind
{
    /// <summary>The won lead itself went back: it no longer counts, net 0.</summary>
    Reversal = 0,

    /// <summary>A lead of its own, whose amount is taken off on its date.</summary>
    CreditNote = 1,
}
