using System.Runtime.CompilerServices;
using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Events;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm;

/// <content>What changed. Pages are asked for one by one: there are few, and one asked for in vain is a request of somebody's budget.</content>
public sealed partial class AmoCrmClient
{
    /// <summary>Leads changed within a window, newest first. A CRM without the filter's option lists all of them: look at each, and stop.</summary>
    /// <param name="wanted">Custom fields whose text is read.</param>
    /// <param name="window">The changes wanted.</param>
    /// <param name="isFiltered">Whether the window is sent to the CRM.</param>
    public IAsyncEnumerable<Page<CrmLead>> ReadChangedLeadsAsync(
        IReadOnlySet<FieldId> wanted, ChangeWindow window, bool isFiltered, CancellationToken cancellationToken) =>
        ReadInTurnAsync(
            "Reading changed leads",
            "api/v4/leads",
            [
                ("limit", Text(PageSize)), ("order[updated_at]", "desc"), ("with", _leadExtras),
                .. isFiltered
                    ? new[]
                    {
                        ("filter[updated_at][from]", Text(window.From.ToUnixTimeSeconds())),
                        ("filter[updated_at][to]", Text(window.To.ToUnixTimeSeconds())),
                    }
                    : [],
            ],
            "leads",
            row => EntityJson.Lead(row, wanted),
            cancellationToken);

    /// <summary>Time of the newest change of a lead; null where there is none. Where the CRM ignores the order it is that of another lead: earlier.</summary>
    public Task<DateTimeOffset?> FindNewestChangeAsync(CancellationToken cancellationToken) =>
        _batch.CallAsync(
            CrmRequest.Get("Reading the newest lead", "api/v4/leads", ("limit", "1"), ("order[updated_at]", "desc")),
            answer => Json.List(answer.Body, "_embedded", "leads").Select(row => Json.Time(row, "updated_at")).FirstOrDefault(),
            cancellationToken);

    /// <summary>Leads in the trash, the newest first where the CRM sorts them. All but number and time may be missing.</summary>
    public IAsyncEnumerable<Page<CrmLead>> ReadDeletedLeadsAsync(CancellationToken cancellationToken) =>
        ReadInTurnAsync(
            "Reading leads in the trash",
            "api/v4/leads",
            [("limit", Text(PageSize)), ("order[updated_at]", "desc"), ("with", "only_deleted")],
            "leads",
            row => EntityJson.Lead(row, new HashSet<FieldId>()),
            cancellationToken);

    /// <summary>Leads of these numbers. Where the CRM ignores the filter, any leads: look at each.</summary>
    /// <param name="ids">At most 250.</param>
    /// <param name="wanted">Custom fields whose text is read.</param>
    public Task<Page<CrmLead>> GetLeadsAsync(IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        GetManyAsync(EntityType.Lead, ids, row => EntityJson.Lead(row, wanted), cancellationToken);

    /// <inheritdoc cref="GetLeadsAsync"/>
    public Task<Page<CrmCompany>> GetCompaniesAsync(IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        GetManyAsync(EntityType.Company, ids, row => EntityJson.Company(row, wanted), cancellationToken);

    /// <inheritdoc cref="GetLeadsAsync"/>
    public Task<Page<CrmContact>> GetContactsAsync(IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        GetManyAsync(EntityType.Contact, ids, row => EntityJson.Contact(row, wanted), cancellationToken);

    /// <summary>Companies, the highest number first where the CRM sorts them.</summary>
    public IAsyncEnumerable<Page<CrmCompany>> ReadNewestCompaniesAsync(IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        ReadNewestAsync(EntityType.Company, row => EntityJson.Company(row, wanted), cancellationToken);

    /// <summary>Contacts, the highest number first where the CRM sorts them.</summary>
    public IAsyncEnumerable<Page<CrmContact>> ReadNewestContactsAsync(IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        ReadNewestAsync(EntityType.Contact, row => EntityJson.Contact(row, wanted), cancellationToken);

    /// <summary>Leads, the highest number first where the CRM sorts them.</summary>
    public IAsyncEnumerable<Page<CrmLead>> ReadNewestLeadsAsync(IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        ReadNewestAsync(EntityType.Lead, row => EntityJson.Lead(row, wanted), cancellationToken);

    /// <summary>What a company or contact is linked to; null where the CRM has no such card. The CRM may cut long lists.</summary>
    public Task<CrmLinks?> FindLinksAsync(EntityType entity, long id, CancellationToken cancellationToken) =>
        _batch.CallAsync(
            CrmRequest.Get(
                $"Reading links of {entity.Plural()} {Text(id)}", $"api/v4/{entity.Plural()}/{Text(id)}", ("with", entity == EntityType.Company ? "leads,contacts" : "leads")),
            answer => answer.Body is { } body && !Json.IsTrue(body, "is_deleted") ? new CrmLinks(Ids(body, "leads"), Ids(body, "contacts")) : null,
            cancellationToken);

    /// <summary>Events within a span of time, both ends included, in no promised order.</summary>
    /// <param name="types">Asked for together; a CRM that does not know the filter answers with all types: look at each.</param>
    /// <param name="entities">Of these kinds of cards; none: of all.</param>
    /// <param name="window">The events wanted.</param>
    public IAsyncEnumerable<Page<ChangeEvent>> ReadEventsAsync(
        IReadOnlyCollection<string> types, IReadOnlyCollection<EntityType> entities, ChangeWindow window, CancellationToken cancellationToken) =>
        ReadInTurnAsync(
            "Reading events",
            "api/v4/events",
            [
                ("limit", Text(EventPageSize)), ("filter[type]", string.Join(',', types)),
                .. entities.Count > 0 ? new[] { ("filter[entity]", string.Join(',', entities.Select(EntityPaths.Singular))) } : [],
                ("filter[created_at][from]", Text(window.From.ToUnixTimeSeconds())), ("filter[created_at][to]", Text(window.To.ToUnixTimeSeconds())),
            ],
            "events",
            ChangeEventJson.Read,
            cancellationToken);

    private static List<long> Ids(JsonElement body, string list) =>
        [.. Json.List(body, "_embedded", list).Select(row => Json.Integer(row, "id")).OfType<long>()];

    private IAsyncEnumerable<Page<T>> ReadNewestAsync<T>(EntityType entity, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        ReadInTurnAsync(
            $"Reading the newest {entity.Plural()}",
            $"api/v4/{entity.Plural()}",
            [("limit", Text(PageSize)), ("order[id]", "desc"), .. entity == EntityType.Lead ? new[] { ("with", _leadExtras) } : []],
            entity.Plural(),
            read,
            cancellationToken);

    private async IAsyncEnumerable<Page<T>> ReadInTurnAsync<T>(
        string what, string path, IReadOnlyList<(string Name, string Value)> query, string list, Func<JsonElement, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<Page<T>> FetchAsync(int number, CancellationToken cancelled) => GetPageAsync(
            new CrmRequest($"{what}, page {Text(number)}", HttpMethod.Get, path, [.. query, ("page", Text(number))]), number, list, read, cancelled);

        Page<T>? previous = null;
        for (var number = 1; ; number++)
        {
            var page = await FetchAsync(number, cancellationToken);
            page = previous is null ? page : await PageRepeats.NotAgainAsync(previous, page, FetchAsync, cancellationToken);
            yield return previous = page;
            if (!page.HasNext || page.Rows.Count + page.Unreadable.Count == 0)
            {
                yield break;
            }
        }
    }

    private Task<Page<T>> GetManyAsync<T>(
        EntityType entity, IReadOnlyCollection<long> ids, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, PageSize, nameof(ids));
        List<(string, string)> query = [("limit", Text(PageSize)), .. ids.Select((id, index) => ($"filter[id][{Text(index)}]", Text(id)))];
        if (entity == EntityType.Lead)
        {
            query.Add(("with", _leadExtras));
        }

        return GetPageAsync(
            new CrmRequest($"Reading {Text(ids.Count)} {entity.Plural()}", HttpMethod.Get, $"api/v4/{entity.Plural()}", query),
            1, entity.Plural(), read, cancellationToken);
    }
}
