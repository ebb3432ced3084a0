namespace AmoLtv.Host.Analytics;

/// <summary>One analysis of the whole base.</summary>
/// <param name="Kind">One of <see cref="AnalysisKinds"/>.</param>
/// <param name="Words">What it looks at, for the admin.</param>
/// <param name="MakeAsync">Its document, a record that is written as JSON.</param>
internal sealed record Analysis(string Kind, string Words, Func<AnalysedBase, CancellationToken, Task<object>> MakeAsync)
{
    /// <summary>An analysis that needs nothing but what was read for all of them.</summary>
    public static Analysis Of(string kind, string words, Func<AnalysedBase, object> make) =>
        new(kind, words, (analysed, _) => Task.FromResult(make(analysed)));
}
