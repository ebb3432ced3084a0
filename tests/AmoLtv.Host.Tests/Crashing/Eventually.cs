using System.Diagnostics;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>Waits for what another process does, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, TimeSpan patience, Func<string> failure)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > patience)
            {
                Assert.Fail(failure());
            }

            await Task.Delay(Pause);
        }
    }
}
