using System.Net;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Tests.Callers;

[TestFixture]
public sealed class CallerAddressTests
{
    [TestCase("203.0.113.7", "203.0.113.7")]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [TestCase("2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    [TestCase("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void Network_of_64_bits_is_one_caller_and_so_is_an_address_of_IPv4(string address, string caller) =>
        Assert.That(CallerAddress.Of(IPAddress.Parse(address)), Is.EqualTo(IPAddress.Parse(caller)));

    [Test]
    public void Connection_without_an_address_has_none() => Assert.That(CallerAddress.Of(null), Is.Null);
}
