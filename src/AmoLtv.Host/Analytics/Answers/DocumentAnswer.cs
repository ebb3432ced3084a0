namespace AmoLtv.Host.Analytics.Answers;

/// <summary>One analysis as a page shows it.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Document">What was found.</param>
/// <param name="Names">Names of what it names by number; null where it names nothing so.</param>
internal sealed record DocumentAnswer<T>(AnalysisStamp Stamp, T Document, AccountNames? Names);
