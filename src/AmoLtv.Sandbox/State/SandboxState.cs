namespace AmoLtv.Sandbox.State;

/// <summary>
/// The whole account. Hold <see cref="Gate"/> while reading or changing it; requests do.
/// Every change goes through a method here, so that the journal hears of it.
/// </summary>
public sealed class SandboxState(SandboxClock clock, AccountFacts account, IReadOnlyList<SandboxIntegration> integrations)
{
    private readonly HashSet<Denial> _denials = [];
    private readonly List<CustomField> _fields = [];
    private ILookup<long, Lead>? _leadsOfCompany;
    private ILookup<long, Lead>? _leadsOfContact;
    private ILookup<long, Contact>? _contactsOfCompany;
    private (int Leads, int Contacts) _linksVersion = (-1, -1);

    public Lock Gate { get; } = new();

    public SandboxClock Clock { get; } = clock;

    public AccountFacts Account { get; } = account;

    public IReadOnlyList<SandboxIntegration> Integrations { get; } = integrations;

    public List<CrmUser> Users { get; } = [];

    public List<Pipeline> Pipelines { get; } = [];

    public List<LossReason> LossReasons { get; } = [];

    public List<NamedItem> Tags { get; } = [];

    public List<NamedItem> Sources { get; } = [];

    public EntityTable<Lead> Leads { get; } = new(firstId: 20_000_001);

    public EntityTable<Company> Companies { get; } = new(firstId: 5_000_001);

    public EntityTable<Contact> Contacts { get; } = new(firstId: 7_000_001);

    public EventLog Events { get; } = new();

    /// <summary>Null while the first data is made and while the journal is read back.</summary>
    internal Journal? Journal { get; set; }

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
                Leads.Put(lead);
                break;
            case Company company:
                Companies.Put(company);
                break;
            case Contact contact:
                Contacts.Put(contact);
                break;
        }

        Journal?.Append(entity);
    }

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

    public IEnumerable<Lead> LeadsOfCompany(long companyId) => FreshLinks()._leadsOfCompany![companyId];

    public IEnumerable<Lead> LeadsOfContact(long contactId) => FreshLinks()._leadsOfContact![contactId];

    public IEnumerable<Contact> ContactsOfCompany(long companyId) => FreshLinks()._contactsOfCompany![companyId];

    private SandboxState FreshLinks()
    {
        if (_linksVersion != (Leads.Version, Contacts.Version))
        {
            var leads = Leads.Living(SortBy.Id);
            _leadsOfCompany = leads.Where(lead => lead.CompanyId is not null).ToLookup(lead => lead.CompanyId!.Value);
            _leadsOfContact = leads.SelectMany(lead => lead.ContactIds, (lead, contact) => (lead, contact)).ToLookup(link => link.contact, link => link.lead);
            _contactsOfCompany = Contacts.Living(SortBy.Id).Where(contact => contact.CompanyId is not null).ToLookup(contact => contact.CompanyId!.Value);
            _linksVersion = (Leads.Version, Contacts.Version);
        }

        return this;
    }
}
