using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.Syncing;
using AmoLtv.Host.Tests.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>A number goes into a field that holds values of the customer's own: what stood there is known before it is written over, and comes back.</summary>
[TestFixture, Category("Slow")]
public sealed class FieldOfTheirsTests
{
    private const long Worth = 900_001;
    private const string Theirs = "42";

    private WrittenAccount _account = null!;
    private long _company;

    [SetUp]
    public async Task StartAsync()
    {
        _account = await WrittenAccount.CreateAsync();
        lock (_account.State.Gate)
        {
            _account.State.Save(new CustomField { Id = Worth, Entity = EntityKind.Companies, Name = "Worth", Type = "numeric" });
        }

        _company = await _account.QueryAsync<long>("select customer_id from customer_values where scope = 1 and ltv > 0 order by 1 limit 1");
        await _account.WriteAsync(EntityType.Company, _company, Worth, Theirs);
        await _account.EnableAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task Number_goes_into_it_once_a_sync_has_read_it_and_undo_gives_back_what_stood_there()
    {
        var choice = await MapAsync(Worth);
        await _account.Server.RunAsync(RunSteps.WriteBack);
        Assert.That((choice.IsRead, await HeldAsync()), Is.EqualTo((false, Theirs)), "It is not read yet.");

        var written = await _account.Server.RunAsync(RunSteps.Sync, RunSteps.WriteBack);

        Assert.That(await HeldAsync(), Is.Not.EqualTo(Theirs));
        Assert.That(await _account.MismatchesAsync(), Is.Zero);
        await _account.UndoAsync(written.Run);
        Assert.That(await HeldAsync(), Is.EqualTo(Theirs));
    }

    [Test]
    public async Task Field_chosen_while_the_cards_are_read_is_left_to_the_next_sync_which_is_due_at_once()
    {
        await _account.Get<SyncStateStore>().AskWholeAsync(_account.Server.Account, CancellationToken.None);
        var meanwhile = new Meanwhile("leads: ", () => MapAsync(Worth));

        var run = await RunAsync(meanwhile, RunSteps.Sync, RunSteps.Recalculate, RunSteps.WriteBack);
        Assert.That((meanwhile.IsDone, run.Status, await HeldAsync()), Is.EqualTo((true, RunStatus.Finished, Theirs)));
        Assert.That(await _account.QueryAsync<bool>("select whole_from is not null from sync_states"), Is.True);

        var written = await _account.Server.RunAsync([.. RunSteps.All]);

        Assert.That(await HeldAsync(), Is.Not.EqualTo(Theirs));
        await _account.UndoAsync(written.Run);
        Assert.That(await HeldAsync(), Is.EqualTo(Theirs));
    }

    /// <summary>Cards that changed while another field was in its place were stored without it.</summary>
    [Test]
    public async Task Field_that_was_given_up_and_is_chosen_again_is_read_anew()
    {
        var own = await _account.FieldAsync(EntityType.Company, "ltv");
        await MapAsync(Worth);
        await _account.Server.RunAsync([.. RunSteps.All]);
        await MapAsync(own);
        await _account.Server.RunAsync([.. RunSteps.All]);
        await _account.WriteAsync(EntityType.Company, _company, Worth, Theirs);

        var choice = await MapAsync(Worth);
        await _account.Server.RunAsync(RunSteps.WriteBack);

        Assert.That((choice.IsRead, await HeldAsync()), Is.EqualTo((false, Theirs)));
    }

    [Test]
    public async Task Number_switched_off_and_on_again_is_written_at_once()
    {
        await _account.Server.RunAsync([.. RunSteps.All]);
        await _account.EnableAsync("tier");

        var again = await _account.EnableAsync("ltv,tier");

        Assert.That(again, Has.All.Property(nameof(FieldChoice.IsRead)).True);
    }

    [Test]
    public async Task Number_does_not_go_into_a_field_of_another_type()
    {
        const long note = 900_002;
        lock (_account.State.Gate)
        {
            _account.State.Save(new CustomField { Id = note, Entity = EntityKind.Companies, Name = "Note", Type = "text" });
        }

        var refused = await Assert.ThrowsAsync<CommandFailedException>(() => MapAsync(note));

        Assert.That(refused!.Message, Does.Contain("of type text").And.Contain("numeric"));
    }

    private Task<FieldChoice> MapAsync(long field) =>
        _account.Get<FieldMapping>().MapAsync(_account.Server.Account, EntityType.Company, "ltv", new FieldId(field), CancellationToken.None);

    private Task<string?> HeldAsync() => _account.ValueAsync("companies", _company, "900001");

    private Task<RunOutcome> RunAsync(IProgress<RunProgress> progress, params string[] steps) => _account.Get<AccountRunner>().RunAsync(
        _account.Server.Account, new RunRequest(RunCause.Command, steps, null, TimeSpan.Zero), progress, CancellationToken.None);
}
