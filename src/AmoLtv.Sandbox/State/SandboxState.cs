using AmoLtv.Sandbox.Hooks;

namespace AmoLtv.Sandbox.State;

/// <summary>
/// The whole account. Hold <see cref="Gate"/> while reading or changing it; requests do.
/// Every change goes through a method here, so that the journal hears of it.
/// </summary>
public sealed class SandboxState(SandboxClock clock, AccountFacts account, IReadOnlyList<SandboxIntegration> integrations)
{
    private readonly HashSet<Denial> _denials = [];
    private readonly List<CustomField> _fields = [];
    private readonly List<Webhook> _webhooks = [];
    private readonly List<Catalog> _catalogs = [];
    private readonly SortedDictionary<long, CatalogElement> _elements = [];
    private readonly LinkIndex _leadsOfCompany = new();
    private readonly LinkIndex _leadsOfContact = new();
    private readonly LinkIndex _contactsOfCompany = new();

    public Lock Gate { get; } = new();

    public SandboxClock Clock { get; } = clock;

    public AccountFacts Account { get; private set; } = account;

    public IReadOnlyList<SandboxIntegration> Integrations { get; set; } = integrations;

    public List<CrmUser> Users { get; } = [];

    public List<Pipeline> Pipelines { get; } = [];

    public List<LossReason> LossReasons { get; } = [];

    public List<NamedItem> Tags { get; } = [];

    public List<NamedItem> Sources { get; } = [];

    public EntityTable<Lead> Leads { get; } = new(firstId: 20_000_001);

    public EntityTable<Company> Companies { get; } = new(firstId: 5_000_001);

    public EntityTable<Contact> Contacts { get; } = new(firstId: 7_000_001);

    public NumberedRows<CrmTask> Tasks { get; } = new(firstId: 30_000_001);

    public NumberedRows<CrmNote> Notes { get; } = new(firstId: 40_000_001);

    public EventLog Events { get; } = new();

    /// <summary>The account's lists; none where its plan has none.</summary>
    public IReadOnlyList<Catalog> Catalogs => _catalogs;

    /// <summary>Elements of all lists, by id; deleted ones too.</summary>
    public IReadOnlyCollection<CatalogElement> Elements => _elements.Values;

    /// <summary>Null while the first data is made and while the journal is read back.</summary>
    internal Journal? Journal { get; set; }

    /// <summary>Hears of every saved change; null while the first data is made and while the journal is read back.</summary>
    internal HookOutbox? Hooks { get; set; }

    public IReadOnlyList<Webhook> Webhooks => _webhooks;

    public IReadOnlyList<CustomField> Fields => _fields;

    /// <summary>The account's owner: an admin, and the robot of control calls.</summary>
    public CrmUser Owner => Users.First(user => user.IsAdmin);

    public CrmUser? User(long id) => Users.Find(user => user.Id == id);

    public Pipeline? Pipeline(long id) => Pipelines.Find(pipeline => pipeline.Id == id);

    public SandboxIntegration? Integration(string? clientId) => Integrations.FirstOrDefault(integration => integration.ClientId == clientId);

    public IEnumerable<CustomField> FieldsOf(EntityKind entity) => _fields.Where(field => field.Entity == entity);

    public CustomField? Field(long id) => _fields.Find(field => field.Id == id);

    public long NextFieldId => _fields.Count == 0 ? 700_001 : _fields.Max(known => known.Id) + 1;

    public CrmEntity? Find(EntityKind kind, long id) => kind switch
    {
        EntityKind.Leads => Leads.Find(id),
        EntityKind.Companies => Companies.Find(id),
        _ => Contacts.Find(id),
    };

    public long NextId(EntityKind kind) => kind switch
    {
        EntityKind.Leads => Leads.NextId,
        EntityKind.Companies => Companies.NextId,
        _ => Contacts.NextId,
    };

    /// <summary>Adds or replaces a row.</summary>
    public void Save(CrmEntity entity)
    {
        switch (entity)
        {
            case Lead lead:
                Unlink(Leads.Find(lead.Id));
                Leads.Put(lead);
                Link(lead);
                break;
            case Company company:
                Companies.Put(company);
                break;
            case Contact contact:
                Unlink(Contacts.Find(contact.Id));
                Contacts.Put(contact);
                Link(contact);
                break;
        }

        Journal?.Append(entity);
    }

    public void Save(AccountFacts account)
    {
        Account = account;
        Journal?.Append(account);
    }

    /// <summary>Replaces a user of the same id.</summary>
    public void Save(CrmUser user)
    {
        Users[Users.FindIndex(known => known.Id == user.Id)] = user;
        Journal?.Append(user);
    }

    public void Save(CrmTask task)
    {
        Tasks.Put(task.Id, task);
        Journal?.Append(task);
    }

    public void RemoveTask(long id)
    {
        Tasks.Remove(id);
        Journal?.AppendTaskRemoval(id);
    }

    public void Save(CrmNote note)
    {
        Notes.Put(note.Id, note);
        Journal?.Append(note);
    }

    /// <summary>Adds a subscription or replaces the one of that id.</summary>
    public void Save(Webhook webhook)
    {
        var place = _webhooks.FindIndex(known => known.Id == webhook.Id);
        if (place < 0)
        {
            _webhooks.Add(webhook);
        }
        else
        {
            _webhooks[place] = webhook;
        }

        Journal?.Append(webhook);
    }

    public void RemoveWebhook(long id)
    {
        _webhooks.RemoveAll(known => known.Id == id);
        Journal?.AppendWebhookRemoval(id);
    }

    /// <summary>Adds a list or replaces the one of that id.</summary>
    public void Save(Catalog catalog)
    {
        _catalogs.RemoveAll(known => known.Id == catalog.Id);
        _catalogs.Add(catalog);
        Journal?.Append(catalog);
    }

    /// <summary>Adds an element or replaces the one of that id.</summary>
    public void Save(CatalogElement element)
    {
        _elements[element.Id] = element;
        Journal?.Append(element);
    }

    /// <summary>Null where there is none of this id, deleted or not.</summary>
    public CatalogElement? Element(long id) => _elements.GetValueOrDefault(id);

    public void Save(CustomField field)
    {
        _fields.RemoveAll(other => other.Id == field.Id);
        _fields.Add(field);
        Journal?.Append(field);
    }

    /// <summary>Removes a field's definition; answers no longer show its values.</summary>
    public void RemoveField(long fieldId)
    {
        _fields.RemoveAll(field => field.Id == fieldId);
        Journal?.AppendFieldRemoval(fieldId);
    }

    public void Happened(CrmEvent happened)
    {
        Events.Add(happened);
        Journal?.Append(happened);
    }

    public void Deny(Denial denial)
    {
        _denials.Add(denial);
        Journal?.Append(denial);
    }

    /// <summary>May this user see this row: not denied, and his own when he sees only his own.</summary>
    public bool MaySee(CrmUser user, CrmEntity entity) =>
        !_denials.Contains(new Denial(user.Id, entity.Kind, entity.Id)) && (!user.SeesOnlyOwn || entity.ResponsibleUserId == user.Id);

    /// <summary>True when no row has to be hidden from this user: lists need no filtering.</summary>
    public bool SeesAll(CrmUser user) => !user.SeesOnlyOwn && !_denials.Any(denial => denial.UserId == user.Id);

    /// <summary>Living leads of a company, by id.</summary>
    public IEnumerable<Lead> LeadsOfCompany(long companyId) => _leadsOfCompany.Of(companyId).Select(id => Leads.Find(id)!);

    /// <summary>Living leads of a person, by id.</summary>
    public IEnumerable<Lead> LeadsOfContact(long contactId) => _leadsOfContact.Of(contactId).Select(id => Leads.Find(id)!);

    /// <summary>Living contacts of a company, by id.</summary>
    public IEnumerable<Contact> ContactsOfCompany(long companyId) => _contactsOfCompany.Of(companyId).Select(id => Contacts.Find(id)!);

    private void Link(CrmEntity row)
    {
        foreach (var (index, owner) in LinksOf(row))
        {
            index.Add(owner, row.Id);
        }
    }

    private void Unlink(CrmEntity? row)
    {
        foreach (var (index, owner) in row is null ? [] : LinksOf(row))
        {
            index.Remove(owner, row!.Id);
        }
    }

    private IEnumerable<(LinkIndex Index, long Owner)> LinksOf(CrmEntity row)
    {
        if (row.IsDeleted)
        {
            yield break;
        }

        if (row is Lead lead)
        {
            if (lead.CompanyId is { } company)
            {
                yield return (_leadsOfCompany, company);
            }

            foreach (var contact in lead.ContactIds)
            {
                yield return (_leadsOfContact, contact);
            }
        }
        else if (row is Contact { CompanyId: { } employer })
        {
            yield return (_contactsOfCompany, employer);
        }
    }
}
