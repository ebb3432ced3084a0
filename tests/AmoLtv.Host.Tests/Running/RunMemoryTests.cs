using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Running;

/// <summary>Steps that hold a whole base share the memory of their process: large ones wait for each other, small ones for nobody, and what fits nowhere is refused.</summary>
public sealed class RunMemoryTests
{
    private const long Million = 1_000_000;

    // What the benchmark of recalculation took with each more lead, ten of which make a company: from 131 to 886 MB.
    [Test]
    public void Need_is_that_of_the_measured_million_and_never_less()
    {
        Assert.That(RunMemoryRule.NeedMb(purchases: Million, customers: Million / 10), Is.InRange(886 - 131, 886));
    }

    [TestCase(3L << 30, 1024)]
    [TestCase(1L << 20, RunMemory.SmallMb)]
    [TestCase(long.MaxValue, int.MaxValue)]
    public void Share_is_a_third_of_what_there_is(long available, int megabytes)
    {
        Assert.That(RunMemoryRule.ShareOf(available), Is.EqualTo(megabytes));
    }

    [Test]
    public async Task Large_base_waits_until_another_has_given_its_room_back()
    {
        using var memory = Memory(1000);
        var first = await TakeLargeAsync(memory, Run());
        var said = new SaidProgress();
        var second = TakeLargeAsync(memory, Run(said));

        Assert.That(second.IsCompleted, Is.False);
        Assert.That(said.Words, Does.Contain("Waiting for memory"));
        first!.Dispose();
        using var taken = await second.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(taken, Is.Not.Null);
    }

    [Test]
    public async Task Small_base_waits_for_nobody()
    {
        using var memory = Memory(800);
        using var large = await TakeLargeAsync(memory, Run());
        var waiting = TakeLargeAsync(memory, Run());

        using var small = await memory.TakeAsync(Run(), purchases: 10_000, customers: 5_000, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(waiting.IsCompleted, Is.False);
    }

    [Test]
    public void Base_that_fits_nowhere_is_refused_with_the_setting_that_allows_it()
    {
        using var memory = Memory(500);

        Assert.That(
            async () => await TakeLargeAsync(memory, Run()),
            Throws.TypeOf<CommandFailedException>().With.Message.Contain("1,000,000 purchases").And.Message.Contain("Running:MemoryMb allows 500"));
    }

    [Test]
    public async Task Waiting_ends_with_its_run_and_leaves_the_room_to_others()
    {
        using var memory = Memory(1000);
        var first = await TakeLargeAsync(memory, Run());
        using var ending = new CancellationTokenSource();
        var given = memory.TakeAsync(Run(), Million, Million / 10, ending.Token).AsTask();
        await ending.CancelAsync();

        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());
        first!.Dispose();
        using var third = await TakeLargeAsync(memory, Run()).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(third, Is.Not.Null);
    }

    private static RunMemory Memory(int megabytes) => new(Options.Create(new RunningOptions { MemoryMb = megabytes }));

    private static Task<IDisposable?> TakeLargeAsync(RunMemory memory, RunContext run) =>
        memory.TakeAsync(run, Million, Million / 10, CancellationToken.None).AsTask();

    private static RunContext Run(IProgress<StepProgress>? progress = null) =>
        new(new AccountId(1), new RunId(1), 1, null, progress ?? new SaidProgress());

    private sealed class SaidProgress : IProgress<StepProgress>
    {
        public string Words { get; private set; } = "";

        public void Report(StepProgress value) => Words = value.Note;
    }
}
