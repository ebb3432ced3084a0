using AmoLtv.Testing;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>What axe finds wrong, serious or worse.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(Path.Combine(Repository.Root, "widget", "node_modules", "axe-core", "axe.min.js")));

    /// <param name="within">A selector of what is looked at.</param>
    /// <returns>Each as its rule and the elements that break it.</returns>
    public static async Task<string[]> ViolationsAsync(IFrame frame, string within)
    {
        // Evaluated, not added as a script: the pages' own policy lets none in.
        await frame.EvaluateAsync($"() => {{ if (window.axe === undefined) {{ {Source.Value} }} }}");
        return await frame.EvaluateAsync<string[]>(
            """
            async (within) => (await axe.run(within, { resultTypes: ['violations'] })).violations
              .filter(one => ['serious', 'critical'].includes(one.impact))
              .map(one => one.id + ': ' + one.nodes.map(node => node.html + ' — ' + (node.any[0]?.message ?? '')).join(' | '))
            """,
            within);
    }
}
