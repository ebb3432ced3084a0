using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tests.Running;

/// <summary>A step that does what the test says.</summary>
internal sealed class StubStep(string name, Func<RunContext, CancellationToken, Task<IReadOnlyDictionary<string, long>>> body) : IRunStep
{
    public static readonly IReadOnlyDictionary<string, long> Nothing = new Dictionary<string, long>();

    public StubStep(string name, Action<RunContext>? act = null)
        : this(name, (context, _) =>
        {
            act?.Invoke(context);
            return Task.FromResult(Nothing);
        })
    {
    }

    public string Name => name;

    public Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken) => body(run, cancellationToken);
}
