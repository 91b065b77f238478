<%@ WebService Language="C#" Class="Depot" %>
// A service with types: what ASP.NET makes of arrays, enumerations, headers, nullable values, inheritance,
// several results, bytes, dates, one-way calls, and the rpc style, in its WSDL and on the wire.
//
// Each call is appended to `received.jsonl`, beside the application's folder, before it is answered: a line
// of JSON with the operation and its parameters as the server decoded them. `Json` says how values look there.
//
// What Mono 6.8 does otherwise than .NET:
// - A one-way call is answered at once, with status 200 (.NET: 202), and never made: the queue that
//   System.Web.Services gives it to does nothing in Mono.
// - In SOAP 1.2 the details of a fault stand in <detail> without a namespace, where .NET writes soap:Detail.
// - Words of faults have the places in the source, whatever customErrors says.
// As in .NET, over HTTP GET and POST numbers and names of enumerations are those of C#: Infinity and Other,
// not INF and "the rest" as in the schema.
//
// C# 5 at most.

using System;
using System.Collections;
using System.Data;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Text;
using System.Web;
using System.Web.Services;
using System.Web.Services.Description;
using System.Web.Services.Protocols;
using System.Xml;
using System.Xml.Serialization;

public enum Country { AT, DE, [XmlEnum("the rest")] Other }

[XmlInclude(typeof(Parcel)), XmlInclude(typeof(Letter))]
public class Item
{
    public string name;
    public int? grams;
}

public class Parcel : Item
{
    public Size size;
    public byte[] label;
}

public class Letter : Item
{
    public bool registered;
    [XmlElement("stamp")] public string[] stamps;
}

public struct Size
{
    public short width;
    public double height;
}

public class Price
{
    [XmlText] public decimal amount;
    [XmlAttribute] public string currency;
}

public class Card
{
    public string number;
    [XmlElement(DataType = "hexBinary")] public byte[] check;
}

public class Order
{
    public Guid id;
    public Country to;
    public Country? by;
    public DateTime ordered;
    [XmlElement(DataType = "date")] public DateTime day;
    public DateTime? delivered;
    public Item[] items;
    [XmlArrayItem("code")] public int[] codes;
    public int?[] counts;
    [XmlElement("card", typeof(Card)), XmlElement("iban", typeof(string))] public object payment;
    public Order[] parts;
    [XmlAttribute] public int version;
}

public class Booking
{
    public long number;
    public Price price;
    public Order booked;
}

public class Account : SoapHeader
{
    public string customer;
    public string password;
}

public class Trace : SoapHeader
{
    public string token;
    public int calls;
}

public class Shelf
{
    public string name;
    public int[] codes;
    public Country country;
    public DateTime since;
}

[WebService(Namespace = "urn:example:depot")]
public class Depot : WebService
{
    public Account account;
    public Trace trace;

    [WebMethod]
    public string Ping(string token)
    {
        Note("Ping", "token", token);
        return token;
    }

    [WebMethod]
    public decimal Quote(int grams, Country country, bool express, double factor, DateTime at)
    {
        Note("Quote", "grams", grams, "country", country, "express", express, "factor", factor, "at", at);
        return (decimal) grams / 100 * (express ? 2 : 1);
    }

    [WebMethod]
    public long Sum(int[] numbers)
    {
        Note("Sum", "numbers", numbers);
        long sum = 0;
        foreach (int number in numbers ?? new int[0])
        {
            sum += number;
        }
        return sum;
    }

    [WebMethod, SoapHeader("account"), SoapHeader("trace", Direction = SoapHeaderDirection.InOut)]
    public Booking Book(Order order, bool express)
    {
        Note("Book", "order", order, "express", express, "account", account, "trace", trace);
        trace = new Trace { token = trace == null ? null : trace.token, calls = 7 };
        return new Booking
        {
            number = 4000000000,
            price = new Price { amount = 12.50m, currency = "EUR" },
            booked = order,
        };
    }

    [WebMethod]
    public Item[] Items(bool any)
    {
        Note("Items", "any", any);
        if (!any)
        {
            return new Item[0];
        }
        return new Item[]
        {
            new Item { name = "<a> & b", grams = null },
            new Parcel { name = "", grams = 5, size = new Size { width = -3, height = 0.1 }, label = new byte[] { 0, 255 } },
            null,
            new Letter { registered = true, stamps = new[] { "one", "two" } },
        };
    }

    [WebMethod]
    public int? Stock(string name, int? least)
    {
        Note("Stock", "name", name, "least", least);
        return least;
    }

    [WebMethod]
    public bool Rate(string currency, out decimal rate, out DateTime until, ref int count)
    {
        Note("Rate", "currency", currency, "count", count);
        rate = 1.2345m;
        until = new DateTime(638400000001234567, DateTimeKind.Utc);
        count++;
        return true;
    }

    [WebMethod]
    public byte[] Reversed(byte[] data)
    {
        Note("Reversed", "data", data);
        byte[] reversed = (byte[]) data.Clone();
        Array.Reverse(reversed);
        return reversed;
    }

    [WebMethod]
    public DateTime Tick(DateTime at)
    {
        Note("Tick", "at", at);
        return at.AddTicks(1);
    }

    [WebMethod]
    public double Half(double number)
    {
        Note("Half", "number", number);
        return number / 2;
    }

    [WebMethod]
    public void Forget(int number)
    {
        Note("Forget", "number", number);
    }

    [WebMethod, SoapDocumentMethod(OneWay = true)]
    public void Remark(string text)
    {
        Note("Remark", "text", text);
    }

    [WebMethod]
    public string Fail(string how)
    {
        Note("Fail", "how", how);
        if (how == "detail")
        {
            XmlDocument document = new XmlDocument();
            XmlNode detail = document.CreateElement("detail");
            XmlNode told = document.CreateElement("NotServed", "urn:example:depot");
            XmlNode country = document.CreateElement("country", "urn:example:depot");
            country.InnerText = "XX";
            told.AppendChild(country);
            detail.AppendChild(told);
            throw new SoapException("not there", SoapException.ClientFaultCode, "urn:actor", detail);
        }
        throw new InvalidOperationException("it cannot <be>");
    }

    [WebMethod, SoapDocumentMethod(ParameterStyle = SoapParameterStyle.Bare)]
    [return: XmlElement("Weighed")]
    public int Weigh([XmlElement("Order")] Order order)
    {
        Note("Weigh", "order", order);
        return order.items == null ? 0 : order.items.Length;
    }

    [WebMethod, SoapDocumentMethod(ParameterStyle = SoapParameterStyle.Bare)]
    public XmlElement Pass(XmlElement anything)
    {
        Note("Pass", "anything", anything.OuterXml);
        return anything;
    }

    [WebMethod, SoapRpcMethod]
    public Shelf Move(Shelf shelf, Shelf[] others, int to)
    {
        Note("Move", "shelf", shelf, "others", others, "to", to);
        return shelf;
    }

    [WebMethod, SoapRpcMethod(Use = SoapBindingUse.Literal)]
    public Shelf Find(string name, Country country)
    {
        Note("Find", "name", name, "country", country);
        return new Shelf { name = name, codes = new[] { 1, 2 }, country = country, since = new DateTime(2026, 1, 5) };
    }

    [WebMethod]
    public DataSet Rows(int count)
    {
        Note("Rows", "count", count);
        DataSet rows = new DataSet("Rows");
        DataTable table = rows.Tables.Add("Row");
        table.Columns.Add("Id", typeof(int));
        table.Columns.Add("Full Name", typeof(string));
        table.Columns.Add("Price", typeof(decimal));
        table.Columns.Add("At", typeof(DateTime));
        for (int number = 0; number < count; number++)
        {
            object name = number % 2 == 0 ? (object) ("name " + number) : DBNull.Value;
            table.Rows.Add(number, name, number / 4m, new DateTime(2026, 1, 5, 10, 30, 0, DateTimeKind.Utc));
        }
        rows.AcceptChanges();
        return rows;
    }

    private static readonly object Gate = new object();

    private static void Note(string operation, params object[] namesAndValues)
    {
        StringBuilder line = new StringBuilder("{\"operation\":").Append(Json(operation));
        line.Append(",\"parameters\":{");
        for (int at = 0; at < namesAndValues.Length; at += 2)
        {
            line.Append(at == 0 ? "" : ",").Append(Json(namesAndValues[at]));
            line.Append(':').Append(Json(namesAndValues[at + 1]));
        }
        line.Append("}}\n");
        lock (Gate)
        {
            string path = Path.Combine(HttpRuntime.AppDomainAppPath, "..", "received.jsonl");
            File.AppendAllText(path, line.ToString());
        }
    }

    // A value in one line of ASCII: null, true, a text for all numbers and names of enumerations, a date by
    // its ticks and kind, bytes in hexadecimal, lists, and objects with the name of their class and all fields.
    private static string Json(object value)
    {
        if (value == null)
        {
            return "null";
        }
        if (value is bool)
        {
            return (bool) value ? "true" : "false";
        }
        if (value is DateTime)
        {
            DateTime time = (DateTime) value;
            return Quoted(time.Ticks + " " + time.Kind);
        }
        if (value is byte[])
        {
            return Quoted(BitConverter.ToString((byte[]) value));
        }
        if (value is double)
        {
            return Quoted(((double) value).ToString("R", CultureInfo.InvariantCulture));
        }
        if (value is string || value is Enum || value is ValueType && value.GetType().Namespace == "System")
        {
            return Quoted(Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        StringBuilder text = new StringBuilder();
        if (value is IEnumerable)
        {
            foreach (object item in (IEnumerable) value)
            {
                text.Append(text.Length == 0 ? "" : ",").Append(Json(item));
            }
            return "[" + text + "]";
        }
        text.Append("{\"\":").Append(Quoted(value.GetType().Name));
        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            text.Append(',').Append(Quoted(field.Name)).Append(':').Append(Json(field.GetValue(value)));
        }
        return text.Append('}').ToString();
    }

    private static string Quoted(string text)
    {
        StringBuilder quoted = new StringBuilder("\"");
        foreach (char unit in text)
        {
            if (unit >= ' ' && unit <= '~' && unit != '"' && unit != '\\')
            {
                quoted.Append(unit);
            }
            else
            {
                quoted.Append("\\u").Append(((int) unit).ToString("x4"));
            }
        }
        return quoted.Append('"').ToString();
    }
}
