namespace AmoLtv.Host.Installing;

/// <summary>What asking the CRM's API told of a grant.</summary>
/// <param name="Kind">Whether it works.</param>
/// <param name="Hindrance">What hinders it; null unless hindered.</param>
/// <param name="Words">The CRM's, or the failure's.</param>
public readonly record struct ProbeAnswer(ProbeAnswer.Outcome Kind, Hindrance? Hindrance = null, string? Words = null)
{
    public enum Outcome
    {
        /// <summary>The API answered as it should.</summary>
        Works,

        Hindered,

        /// <summary>The API does not accept the grant's tokens, not even fresh ones.</summary>
        Lost,

        /// <summary>Nothing was learnt of the grant.</summary>
        Unclear,
    }
}
