using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Valuing;
using Npgsql;

namespace AmoLtv.Host.Tests.Settings;

public sealed class SpendChangeTests
{
    private static readonly DateOnly March = new(2026, 3, 1);
    private static readonly DateOnly April = new(2026, 4, 1);
    private static readonly UserId Anna = new(5);

    private string _connectionString = null!;
    private NpgsqlDataSource _database = null!;
    private AccountRows _account = null!;
    private SpendChangeStore _changes = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync()
    {
        _connectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        _database = NpgsqlDataSource.Create(_connectionString);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _database.DisposeAsync();

    [SetUp]
    public async Task ConnectAccountAsync()
    {
        var time = new FixedTime("2026-11-21T12:00:00Z");
        _account = await AccountRows.CreateAsync(_connectionString, time);
        _changes = new SpendChangeStore(_database, time);
    }

    [Test]
    public async Task A_cell_is_changed_only_while_it_holds_what_the_page_showed()
    {
        var first = await SetAsync(new SpendCell("ads", March, 5, null));
        var stale = await SetAsync(new SpendCell("ads", March, 6, null));
        var second = await SetAsync(new SpendCell("ADS", March, 6, 5));
        var same = await SetAsync(new SpendCell("ads", March, 6, 6));

        Assert.That((first > 0, stale, second > first, same), Is.EqualTo((true, (long?)null, true, (long?)0)));
        Assert.That(await ListAsync(), Is.EqualTo(new ChannelSpend[] { new("ads", March, 6) }), "one channel, whatever its letters' case");
    }

    [Test]
    public async Task An_import_is_taken_back_as_if_it_had_never_been()
    {
        await SetAsync(new SpendCell("ads", March, 5, null));
        var import = await ImportAsync("channel,month,amount\nads,2026-03,50\nseo,2026-04,7\n");

        var undone = await UndoAsync(import!.Value);
        var again = await UndoAsync(import.Value);

        Assert.That((undone, again), Is.EqualTo((((int, int)?)(2, 0), ((int, int)?)null)));
        Assert.That(await ListAsync(), Is.EqualTo(new ChannelSpend[] { new("ads", March, 5) }));
    }

    [Test]
    public async Task Taking_an_import_back_leaves_what_somebody_has_changed_since()
    {
        var import = await ImportAsync("channel,month,amount\nads,2026-03,50\nseo,2026-04,7\n");
        await SetAsync(new SpendCell("seo", April, 8, 7));

        var undone = await UndoAsync(import!.Value);

        Assert.That(undone, Is.EqualTo((1, 1)));
        Assert.That(await ListAsync(), Is.EqualTo(new ChannelSpend[] { new("seo", April, 8) }));
    }

    [Test]
    public async Task Every_change_leaves_a_trace_of_who_and_of_its_file()
    {
        await SetAsync(new SpendCell("ads", March, 5, null));
        var import = await ImportAsync("channel,month,amount\nads,2026-03,50\n");
        await UndoAsync(import!.Value, new UserId(6));

        var trace = await _changes.ListAsync(_account.Id, null, 10, CancellationToken.None);

        Assert.That(trace.Select(change => (change.Kind, change.By, change.Note, change.Cells, change.UndoneBy)), Is.EqualTo(new (string, string, string, int, string?)[]
        {
            ("undo", "6", "spend.csv", 1, null), ("import", "5", "spend.csv", 1, "6"), ("cell", "5", "", 1, null),
        }));
    }

    [Test]
    public async Task Changes_at_the_same_time_come_one_after_the_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ImportAsync($"channel,month,amount\nads,2026-03,{number + 1}\n")));

        var trace = await _changes.ListAsync(_account.Id, null, 20, CancellationToken.None);
        foreach (var change in trace.Where(change => change.Kind == SpendChangeStore.Import))
        {
            await UndoAsync(change.Id);
        }

        Assert.That(trace, Has.Count.EqualTo(8));
        Assert.That(await ListAsync(), Is.Empty, "taken back from the last to the first, nothing is left");
    }

    [Test]
    public async Task A_change_of_which_nothing_can_be_put_back_now_can_be_taken_back_later()
    {
        var import = await ImportAsync("channel,month,amount\nads,2026-03,50\n");
        var over = await SetAsync(new SpendCell("ads", March, 60, 50));

        var nothing = await UndoAsync(import!.Value);
        var listed = await _changes.ListAsync(_account.Id, null, 10, CancellationToken.None);
        await UndoAsync(over!.Value);
        var later = await UndoAsync(import.Value);

        Assert.That((nothing, later), Is.EqualTo((((int, int)?)(0, 1), ((int, int)?)(1, 0))));
        Assert.That(listed.Select(change => change.UndoneBy), Is.All.Null);
        Assert.That(await ListAsync(), Is.Empty);
    }

    private Task<long?> SetAsync(SpendCell cell) => InTransactionAsync(connection =>
        _changes.ChangeAsync(connection, _account.Id, Anna, SpendChangeStore.Cell, "", cell.PlanOn, CancellationToken.None));

    private Task<long?> ImportAsync(string text) => InTransactionAsync(connection => _changes.ChangeAsync(
        connection, _account.Id, Anna, SpendChangeStore.Import, "spend.csv",
        entered => SpendImport.Of(SpendSheet.Read(text), entered, replacesAll: false).Changes, CancellationToken.None));

    private Task<(int Restored, int Kept)?> UndoAsync(long change, UserId? user = null) => InTransactionAsync(connection =>
        _changes.UndoAsync(connection, _account.Id, user ?? Anna, change, CancellationToken.None));

    private async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> change)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var done = await change(connection);
        await transaction.CommitAsync();
        return done;
    }

    private Task<IReadOnlyList<ChannelSpend>> ListAsync() => new ChannelSpendStore(_database).ListAsync(_account.Id, CancellationToken.None);
}
