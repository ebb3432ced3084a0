namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>What a check found, in words for whoever runs the service.</summary>
/// <param name="Check">Name of the check, the same for ever: programs may look for it.</param>
/// <param name="Words">What is so. No secret stands in it.</param>
/// <param name="Next">What to do; null where nothing is to be done.</param>
public sealed record Finding(string Check, Outcome Outcome, string Words, string? Next = null)
{
    public static Finding Ok(string check, string words) => new(check, Outcome.Ok, words);

    public static Finding Warning(string check, string words, string next) => new(check, Outcome.Warning, words, next);

    public static Finding Failed(string check, string words, string next) => new(check, Outcome.Failed, words, next);
}
