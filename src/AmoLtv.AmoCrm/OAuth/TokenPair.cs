namespace AmoLtv.AmoCrm.OAuth;

/// <summary>What a grant gives. Its text form leaves the tokens out.</summary>
/// <param name="RefreshToken">Valid 3 months, once.</param>
/// <param name="Lifetime">Of the access token, from the moment of the answer.</param>
public sealed record TokenPair(string AccessToken, string RefreshToken, TimeSpan Lifetime)
{
    public override string ToString() => $"token pair of {Lifetime}";
}
