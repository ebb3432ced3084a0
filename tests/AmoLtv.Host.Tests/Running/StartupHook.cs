using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

/// <summary>Loaded into the program by <c>DOTNET_STARTUP_HOOKS</c>: a part of it cannot begin for want of memory, again and again.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for a type of this name outside of any namespace.")]
[SuppressMessage("Design", "MA0047", Justification = "The runtime looks for a type of this name outside of any namespace.")]
internal static class StartupHook
{
    public static void Initialize() => new Thread(BreakAgainAndAgain) { IsBackground = true }.Start();

    private static void BreakAgainAndAgain()
    {
        while (true)
        {
            Thread.Sleep(100);
            try
            {
                RuntimeHelpers.RunClassConstructor(typeof(Narrow).TypeHandle);
            }
            catch (TypeInitializationException)
            {
                // As a library might, which tries again later: whoever catches it cannot mend it.
            }
        }
    }

    private static class Narrow
    {
        static Narrow() => ExceptionDispatchInfo.Throw(new InsufficientMemoryException());
    }
}
