using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture]
public sealed class LoggedPathTests
{
    [TestCase("api/v4/leads?page=2&limit=250&order%5Bid%5D=asc&with=contacts", "/api/v4/leads?page=2&limit=250&order[id]=asc&with=contacts")]
    [TestCase("api/v4/leads?filter%5Bupdated_at%5D%5Bfrom%5D=17&filter%5Bid%5D%5B0%5D=5", "/api/v4/leads?filter[updated_at][from]=17&filter[id][0]=5")]
    [TestCase("api/v4/contacts/17", "/api/v4/contacts/17")]
    [TestCase("api/v4/events?filter[type]=lead_deleted&filter[entity]=lead", "/api/v4/events?filter[type]=lead_deleted&filter[entity]=lead")]
    public void Places_times_ids_and_kinds_stay(string address, string logged) => Assert.That(Logged(address), Is.EqualTo(logged));

    [TestCase("api/v4/contacts?query=79161234567", "/api/v4/contacts?query=…")]
    [TestCase("api/v4/contacts?filter%5Bname%5D=Ivan", "/api/v4/contacts?filter[name]=…")]
    [TestCase("api/v4/contacts?filter%5Bcustom_fields_values%5D%5B77%5D%5B%5D=a%40b.c", "/api/v4/contacts?filter[custom_fields_values][77][]=…")]
    [TestCase("oauth?code=def50200&state=x", "/oauth?code=…&state=…")]
    [TestCase("api/v4/contacts?ivan%40example.com=1", "/api/v4/contacts?…=…")]
    [TestCase("api/v4/contacts?page%0A=1", "/api/v4/contacts?…=…")]
    public void Searches_names_codes_and_unknown_parameters_do_not(string address, string logged) => Assert.That(Logged(address), Is.EqualTo(logged));

    [Test]
    public void Line_has_an_end() => Assert.That(Logged("api/v4/leads?" + string.Join('&', Enumerable.Range(1, 250).Select(id => $"filter[id][{id}]={id}"))), Has.Length.EqualTo(500));

    private static string Logged(string address) => LoggedPath.Of(new Uri("https://acme.amocrm.ru/" + address));
}
