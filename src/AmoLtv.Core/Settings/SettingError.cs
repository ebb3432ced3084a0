namespace AmoLtv.Core.Settings;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Key">Its key as typed in <c>amoltv settings set</c>.</param>
/// <param name="Problem">What is wrong with the value.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record SettingError(string Key, string Problem, string Allowed)
{
    public override string ToString() => $"{Key}: {Problem}; allowed: {Allowed}.";
}
