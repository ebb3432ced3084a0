using AmoLtv.Sandbox;

namespace AmoLtv.Host.Tests;

/// <summary>
/// A sandbox whose time runs faster, and a service that goes by it: at the permitted rate a real second then holds
/// many requests, and pauses before a repeat are as much shorter. For tests whose subject is neither.
/// </summary>
internal static class HurriedCrm
{
    private const double TimeScale = 10;

    /// <summary>The same account with its time hurried. The limit is lifted: a millisecond of a late timer counts for ten there.</summary>
    public static SandboxOptions Hurried(this SandboxOptions options) => options with { TimeScale = TimeScale, Rate = 1000 };

    /// <summary>Settings of a service that goes by the time of a hurried sandbox; none where the sandbox is not.</summary>
    public static IEnumerable<(string Key, string Value)> Settings(SandboxServer sandbox) =>
        sandbox.State.Clock.Scale > 1
            ? [
                ("Crm:SandboxClock", sandbox.Address.ToString()),
                // Twelve real seconds for a request on a busy machine.
                ("Crm:TimeoutSeconds", "120"),
                // Hurried time soon comes to an account's night, whose run would take the account from the test's: no night is set.
                ("Scheduling:ReconcileSeconds", "3600"),
            ]
            : [];
}
