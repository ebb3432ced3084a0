using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>An account in which everything that people name is named to do harm: custom fields, their items, stages, tags, users, companies.</summary>
[TestFixture, Category("Slow")]
public sealed class HostileNamesTests
{
    private static readonly SandboxOptions Account = new SandboxOptions { Companies = 40, Leads = 200 }.Hurried();

    [TestCase("'; drop table leads; --")]
    [TestCase("{0} $1 @Account \\' %_ \\x00")]
    public async Task Names_that_the_CRM_gives_are_kept_as_they_are_by_a_whole_night(string words)
    {
        await using var server = await HostServer.StartAsync(Account);
        var (channel, industry) = Rename(server.Sandbox.State, words);
        await server.InstallAsync();
        await server.Services.GetRequiredService<SettingsStore>().ChangeAsync(
            server.Account,
            settings => settings with
            {
                Channel = new ChannelSettings { Kind = ChannelKind.Field, Field = new(channel) },
                Drivers = new DriverSettings { LeadFields = [new(channel)], CompanyFields = [new(industry)] },
            },
            "test", null, CancellationToken.None);
        await server.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(server.Account, CancellationToken.None);

        await server.RunAsync([.. RunSteps.All]);

        await using var connection = await server.Database.OpenConnectionAsync();
        Assert.That(await connection.QuerySingleAsync<long>("select count(*) from leads"), Is.EqualTo(Account.Leads));
        foreach (var names in new[] { "name from companies", "name from pipelines", "name from loss_reasons", "channel from analysed_clients where channel is not null" })
        {
            Assert.That(await connection.QueryAsync<string>("select " + names), Is.Not.Empty.And.All.EndsWith(words), names);
        }

        Assert.That(await connection.QueryAsync<string>("select name from custom_fields where field_id in (@channel, @industry)", new { channel, industry }), Has.Exactly(2).EndsWith(words));
    }

    /// <returns>The fields by which channels and drivers are told apart.</returns>
    private static (long Channel, long Industry) Rename(SandboxState state, string words)
    {
        lock (state.Gate)
        {
            foreach (var field in state.Fields.ToList())
            {
                state.Save(field with { Name = field.Name + words, Enums = [.. field.Enums.Select(item => item with { Value = item.Value + words })] });
            }

            Rename(state.Users, user => user with { Name = user.Name + words });
            Rename(state.Pipelines, pipeline => pipeline with { Name = pipeline.Name + words, Stages = [.. pipeline.Stages.Select(stage => stage with { Name = stage.Name + words })] });
            Rename(state.LossReasons, reason => reason with { Name = reason.Name + words });
            Rename(state.Tags, tag => tag with { Name = tag.Name + words });
            foreach (var card in state.Companies.Living(SortBy.Id).Concat<CrmEntity>(state.Leads.Living(SortBy.Id)).ToList())
            {
                state.Save(Renamed(card, words));
            }

            return (state.Fields.Single(field => field.Code == "UTM_CHANNEL").Id, state.Fields.Single(field => field.Name == "Отрасль" + words).Id);
        }
    }

    private static void Rename<T>(List<T> items, Func<T, T> rename)
    {
        for (var place = 0; place < items.Count; place++)
        {
            items[place] = rename(items[place]);
        }
    }

    private static CrmEntity Renamed(CrmEntity card, string words)
    {
        var copy = card.Copy();
        copy.Name += words;
        copy.Fields = [.. copy.Fields.Select(field => field with { Values = [.. field.Values.Select(value => value.EnumId is null ? value : value with { Text = value.Text + words })] })];
        return copy;
    }
}
