using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Running;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Host.Tests.WritingBack;

[TestFixture, Category("Slow")]
public sealed class LargeUndoTests
{
    /// <summary>The first company of the next page moves up to one that was read.</summary>
    [Test]
    public async Task Company_deleted_while_all_are_read_keeps_no_other_from_being_taken_back()
    {
        await using var account = await WrittenAccount.CreateAsync(new SandboxOptions { Companies = 600, Leads = 700, Months = 4 });
        await account.EnableAsync("ltv");
        var written = await account.Server.RunAsync(RunSteps.WriteBack);
        var gone = account.State.Companies.Living(SortBy.Id)[0].Id;
        var meanwhile = new Meanwhile("companies read from the CRM", async () => (await account.Server.Crm.DeleteAsync($"sandbox/companies/{gone}")).EnsureSuccessStatusCode());

        await account.Get<AccountRunner>().RunAsync(
            account.Server.Account, new RunRequest(RunCause.Command, [RunSteps.Undo], null, TimeSpan.Zero) { Undoes = written.Run }, meanwhile, CancellationToken.None);

        var left = await account.QueryAsync<long[]>(
            "select coalesce(array_agg(distinct entity_id), '{}') from field_writes where status = 'skipped' and error like '%no longer has the card%' and entity_type = @company",
            new { company = (short)EntityType.Company });
        Assert.That((meanwhile.IsDone, left.Except([gone])), Is.EqualTo((true, Array.Empty<long>())));
        Assert.That(await account.QueryAsync<long>("select count(*) from field_writes where status = 'confirmed' and entity_type = 3 and after is null"), Is.GreaterThan(250));
    }
}
