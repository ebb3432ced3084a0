using AmoLtv.Host.Running;

namespace AmoLtv.Host.CommandLine;

/// <summary>
/// Ends a process of which a part could not begin for want of memory, since that part stays broken. It ends as a kill would end it: its
/// runs are interrupted and taken up by the next process, and an account that brings this about again and again rests (<see cref="RestRule"/>).
/// </summary>
internal static class DamagedProcess
{
    private const string Words = "The process had no memory left as a part of it began, and that part stays broken: it ends, to be started anew.";

    /// <summary>Looks at every failure as it is thrown: whoever catches it cannot mend it.</summary>
    public static void EndWhenFound() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
    {
        if (MemoryShortage.IsLastingIn(thrown.Exception))
        {
            Environment.FailFast(Words, thrown.Exception);
        }
    };
}
