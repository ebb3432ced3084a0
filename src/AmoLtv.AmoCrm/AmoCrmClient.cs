using System.Globalization;
using System.Text.Json;
using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.AmoCrm;

/// <summary>
/// REST API v4 of one account, as one integration. Every call may throw <see cref="CrmException"/>; reads and <see cref="UpdateFieldsAsync"/>
/// are repeated within seconds where that may help, creating is not. Safe for concurrent use.
/// </summary>
public sealed partial class AmoCrmClient
{
    /// <summary>Rows of a page: the most the CRM gives.</summary>
    public const int PageSize = 250;

    /// <summary>The most elements of a batch that the vendor recommends.</summary>
    public const int BatchSize = 50;

    /// <summary>amocrm.ru gives at most 100 events a page.</summary>
    private const int EventPageSize = 100;

    /// <summary>What leads are listed with beside their own properties.</summary>
    private const string LeadExtras = "contacts,loss_reason,source";

    private readonly string _leadExtras = LeadExtras;
    private readonly PageLimits _limits = new();
    private readonly CrmTransport _batch;
    private readonly CrmTransport _interactive;

    internal AmoCrmClient(CrmHttp http, AccountConnection connection)
    {
        Account = connection.Account;
        BaseAddress = connection.BaseAddress;
        ClientId = connection.ClientId;
        _batch = Transport(RequestLane.Batch);
        _interactive = Transport(RequestLane.Interactive);

        CrmTransport Transport(RequestLane lane) =>
            new(http.Create(connection.ClientId, connection.BaseAddress, lane, lane == RequestLane.Interactive ? RetryRule.InteractiveAttempt : null),
                connection.Tokens, http.Timeout, http.Time, http.CircuitOf(connection.ClientId, connection.BaseAddress),
                isHeldBack: connection.Account is not null);
    }

    private AmoCrmClient(AmoCrmClient other, string leadExtras)
    {
        (Account, BaseAddress, ClientId) = (other.Account, other.BaseAddress, other.ClientId);
        (_batch, _interactive, _limits, _leadExtras) = (other._batch, other._interactive, other._limits, leadExtras);
    }

    /// <summary>The account, null on the first calls of an install.</summary>
    public AccountId? Account { get; }

    public Uri BaseAddress { get; }

    public string ClientId { get; }

    public Task<CrmAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        _batch.CallAsync(
            CrmRequest.Account("Reading the account", ("with", "is_api_filter_enabled,datetime_settings")),
            answer => AccountJson.Account(answer.Body ?? throw new FormatException("the account is empty")),
            cancellationToken);

    public Task<IReadOnlyList<CrmPipeline>> GetPipelinesAsync(CancellationToken cancellationToken) =>
        _batch.CallAsync<IReadOnlyList<CrmPipeline>>(
            CrmRequest.Get("Reading pipelines", "api/v4/leads/pipelines"),
            answer => [.. Json.List(answer.Body, "_embedded", "pipelines").Select(AccountJson.Pipeline)],
            cancellationToken);

    /// <summary>Only an administrator may list users: with another's grant the failure is <see cref="CrmFailure.Forbidden"/>.</summary>
    public Task<IReadOnlyList<CrmUser>> GetUsersAsync(CancellationToken cancellationToken) =>
        ReadAllAsync("Reading users", "api/v4/users", "users", AccountJson.User, cancellationToken);

    /// <summary>
    /// Whether a user has an administrator's rights, asked with the grant's own: only an administrator may list users, so a refusal by
    /// the CRM is a no.
    /// </summary>
    /// <returns>Null where users may be listed and this one is inactive or gone: what such a user granted keeps its rights.</returns>
    public async Task<bool?> IsAdministratorAsync(UserId user, CancellationToken cancellationToken)
    {
        try
        {
            var users = await GetUsersAsync(cancellationToken);
            return users.FirstOrDefault(known => known.Id == user) is { IsActive: true } active ? active.IsAdmin : null;
        }
        catch (CrmException failure) when (failure is { Failure: CrmFailure.Forbidden, IsFromApi: true })
        {
            return false;
        }
    }

    public Task<IReadOnlyList<CrmLossReason>> GetLossReasonsAsync(CancellationToken cancellationToken) =>
        ReadAllAsync("Reading loss reasons", "api/v4/leads/loss_reasons", "loss_reasons", AccountJson.LossReason, cancellationToken);

    public Task<IReadOnlyList<CrmCustomField>> GetCustomFieldsAsync(EntityType entity, CancellationToken cancellationToken) =>
        ReadAllAsync("Reading custom fields", $"api/v4/{entity.Plural()}/custom_fields", "custom_fields", AccountJson.CustomField, cancellationToken);

    /// <summary>Creates fields. Not repeated on failure: look for them by code before trying again.</summary>
    public Task<IReadOnlyList<CrmCustomField>> CreateCustomFieldsAsync(
        EntityType entity, IReadOnlyList<NewCustomField> fields, CancellationToken cancellationToken) =>
        _batch.CallAsync(
            new CrmRequest("Creating custom fields", HttpMethod.Post, $"api/v4/{entity.Plural()}/custom_fields", [], CustomFieldJson.Write(fields)),
            answer => CustomFieldJson.Read(answer.Body),
            cancellationToken);

    /// <summary>All leads in ascending order of id.</summary>
    /// <param name="wanted">Custom fields whose text is read.</param>
    /// <param name="startPage">From 1.</param>
    public IAsyncEnumerable<Page<CrmLead>> ReadLeadsAsync(IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken) =>
        ReadPagesAsync(EntityType.Lead, row => EntityJson.Lead(row, wanted), startPage, cancellationToken);

    /// <summary>All companies in ascending order of id.</summary>
    /// <param name="wanted">Custom fields whose text is read.</param>
    /// <param name="startPage">From 1.</param>
    public IAsyncEnumerable<Page<CrmCompany>> ReadCompaniesAsync(IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken) =>
        ReadPagesAsync(EntityType.Company, row => EntityJson.Company(row, wanted), startPage, cancellationToken);

    /// <summary>All contacts in ascending order of id.</summary>
    /// <param name="wanted">Custom fields whose text is read.</param>
    /// <param name="startPage">From 1.</param>
    public IAsyncEnumerable<Page<CrmContact>> ReadContactsAsync(IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken) =>
        ReadPagesAsync(EntityType.Contact, row => EntityJson.Contact(row, wanted), startPage, cancellationToken);

    /// <summary>Changes of stage within a span of time, both ends included, in no promised order.</summary>
    /// <param name="into">
    /// Asks for entries into these stages alone; null for all. A CRM that does not know the filter answers with all of them: look at each.
    /// </param>
    public IAsyncEnumerable<Page<StageChange>> ReadStageChangesAsync(
        DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<StageKey>? into, CancellationToken cancellationToken)
    {
        List<(string, string)> query =
        [
            ("filter[type]", "lead_status_changed"), ("filter[entity]", "lead"),
            ("filter[created_at][from]", Text(from.ToUnixTimeSeconds())), ("filter[created_at][to]", Text(to.ToUnixTimeSeconds())),
            .. (into ?? []).SelectMany((stage, index) => new[]
            {
                ($"filter[value_after][leads_statuses][{Text(index)}][pipeline_id]", Text(stage.Pipeline.Value)),
                ($"filter[value_after][leads_statuses][{Text(index)}][status_id]", Text(stage.Status.Value)),
            }),
            ("limit", Text(EventPageSize)),
        ];
        return into is null
            ? PageReader.ReadAsync(
                (number, cancelled) => GetPageAsync(
                    new CrmRequest("Reading changes of stage", HttpMethod.Get, "api/v4/events", [.. query, ("page", Text(number))]),
                    number, "events", EventJson.StageChange, cancelled),
                1,
                cancellationToken)
            // Those into a few stages are few: a page asked ahead would mostly be asked in vain.
            : ReadInTurnAsync("Reading changes of stage", "api/v4/events", query, "events", EventJson.StageChange, cancellationToken);
    }

    /// <returns>The lead, or null where the CRM has none of this number (or hides it from <paramref name="contextUser"/>).</returns>
    /// <param name="contextUser">In whose name, on the interactive lane; null for the grant's own user in the batch lane.</param>
    public Task<CrmLead?> GetLeadAsync(LeadId id, IReadOnlySet<FieldId> wanted, UserId? contextUser, CancellationToken cancellationToken) =>
        GetOneAsync(EntityType.Lead, id.Value, row => EntityJson.Lead(row, wanted), contextUser, cancellationToken);

    /// <returns>The company, or null where the CRM has none of this number.</returns>
    public Task<CrmCompany?> GetCompanyAsync(CompanyId id, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        GetOneAsync(EntityType.Company, id.Value, row => EntityJson.Company(row, wanted), null, cancellationToken);

    /// <returns>The contact, or null where the CRM has none of this number.</returns>
    public Task<CrmContact?> GetContactAsync(ContactId id, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        GetOneAsync(EntityType.Contact, id.Value, row => EntityJson.Contact(row, wanted), null, cancellationToken);

    /// <summary>
    /// Whether the CRM shows an entity to a user. On the interactive lane. Anything but a clear yes or no is thrown:
    /// the caller refuses on doubt.
    /// </summary>
    public async Task<bool> CanSeeAsync(EntityType entity, long id, UserId contextUser, CancellationToken cancellationToken)
    {
        try
        {
            return await _interactive.CallAsync(
                One(entity, id, contextUser),
                answer => answer.Body is { } body && Json.Integer(body, "id") == id && !Json.IsTrue(body, "is_deleted"),
                cancellationToken);
        }
        catch (CrmException failure) when (failure is { Failure: CrmFailure.Forbidden or CrmFailure.NotFound, IsFromApi: true })
        {
            // A page of HTML with the same status is a block or a proxy, and says nothing of this user.
            return false;
        }
    }

    /// <summary>
    /// Sets custom fields of up to <see cref="BatchSize"/> entities. Repeating it is harmless, so it is repeated within seconds,
    /// except on <see cref="CrmFailure.GatewayTimeout"/>: the batch was too large, halve it and call again.
    /// </summary>
    public Task<FieldUpdateResult> UpdateFieldsAsync(EntityType entity, IReadOnlyList<FieldUpdate> updates, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(updates.Count, PageSize, nameof(updates));
        return updates.Count == 0
            ? Task.FromResult(new FieldUpdateResult(new HashSet<long>(), []))
            : _batch.CallAsync(
                new CrmRequest("Writing custom fields", HttpMethod.Patch, $"api/v4/{entity.Plural()}", [], FieldUpdateJson.Write(updates), ReadsProblem: true),
                answer => FieldUpdateJson.Read(answer, entity.Plural(), updates),
                cancellationToken);
    }

    private IAsyncEnumerable<Page<T>> ReadPagesAsync<T>(
        EntityType entity, Func<JsonElement, T> read, int startPage, CancellationToken cancellationToken)
    {
        var with = entity == EntityType.Lead ? _leadExtras : null;
        return PageReader.ReadAsync(
            (number, cancelled) => GetPageAsync(
                new CrmRequest($"Reading {entity.Plural()}, page {Text(number)}", HttpMethod.Get, $"api/v4/{entity.Plural()}", Query(number)),
                number, entity.Plural(), read, cancelled),
            startPage,
            cancellationToken);

        List<(string, string)> Query(int number)
        {
            List<(string, string)> query = [("page", Text(number)), ("limit", Text(PageSize)), ("order[id]", "asc")];
            if (with is not null)
            {
                query.Add(("with", with));
            }

            return query;
        }
    }

    private Task<Page<T>> GetPageAsync<T>(
        CrmRequest request, int number, string list, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        _limits.ReadAsync(
            request, number,
            (part, partNumber, cancelled) => _batch.CallAsync(part, answer => PageJson.Read(answer, partNumber, BaseAddress, list, read), cancelled),
            cancellationToken);

    /// <summary>A short list, whole: an unreadable element fails it, since the settings depend on all of it.</summary>
    private async Task<IReadOnlyList<T>> ReadAllAsync<T>(
        string what, string path, string list, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        for (var number = 1; ; number++)
        {
            var page = await GetPageAsync(
                CrmRequest.Get(what, path, ("page", Text(number)), ("limit", Text(PageSize))), number, list, read, cancellationToken);
            if (page.Unreadable is [var row, ..])
            {
                throw new CrmException(CrmFailure.UnreadableAnswer, $"{what} (element {row.Id}: {row.Reason})");
            }

            all.AddRange(page.Rows);
            if (!page.HasNext || page.Rows.Count == 0)
            {
                return all;
            }
        }
    }

    private Task<T?> GetOneAsync<T>(
        EntityType entity, long id, Func<JsonElement, T> read, UserId? contextUser, CancellationToken cancellationToken)
        where T : class =>
        (contextUser is null ? _batch : _interactive).CallAsync(
            One(entity, id, contextUser), answer => answer.Body is { } body ? read(body) : null, cancellationToken);

    private CrmRequest One(EntityType entity, long id, UserId? contextUser) =>
        new($"Reading {entity.Plural()} {Text(id)}", HttpMethod.Get, $"api/v4/{entity.Plural()}/{Text(id)}",
            entity == EntityType.Lead ? [("with", _leadExtras)] : [], ContextUser: contextUser);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
