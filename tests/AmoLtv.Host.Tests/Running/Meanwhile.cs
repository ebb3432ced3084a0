using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tests.Running;

/// <summary>Does something once, in the middle of a run, when its progress first says so; the run waits for it.</summary>
internal sealed class Meanwhile(string words, Func<Task> act) : IProgress<RunProgress>
{
    private int _done;

    public bool IsDone => _done == 1;

    public void Report(RunProgress value)
    {
        if (value.Step.Note.Contains(words, StringComparison.Ordinal) && Interlocked.Exchange(ref _done, 1) == 0)
        {
            // On another thread: the run's own is not to be entered again.
            Task.Run(act).GetAwaiter().GetResult();
        }
    }
}
