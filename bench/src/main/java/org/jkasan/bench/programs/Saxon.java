package org.jkasan.bench.programs;

import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Templates;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.xml.sax.InputSource;

/** XML: Xerces reads a document, Saxon sorts and groups one by a stylesheet. */
final class Saxon implements Workload {

    private static final int RECORDS = 30_000;

    private static final String STYLESHEET =
            String.join(
                    "\n",
                    "<xsl:stylesheet version='3.0'",
                    "    xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>",
                    "  <xsl:template match='/'><out>",
                    "    <xsl:for-each-group select='//record' group-by='@city'>",
                    "      <xsl:sort select='current-grouping-key()'/>",
                    "      <city name='{current-grouping-key()}' n='{count(current-group())}'>",
                    "        <xsl:value-of select='sum(current-group()/price)'/></city>",
                    "    </xsl:for-each-group></out>",
                    "  </xsl:template>",
                    "</xsl:stylesheet>");

    private final String document;
    private final DocumentBuilder xerces;
    private final Templates saxon;

    Saxon() throws Exception {
        document = document();
        xerces =
                DocumentBuilderFactory.newInstance(
                                "org.apache.xerces.jaxp.DocumentBuilderFactoryImpl", null)
                        .newDocumentBuilder();
        saxon =
                TransformerFactory.newInstance("net.sf.saxon.TransformerFactoryImpl", null)
                        .newTemplates(new StreamSource(new StringReader(STYLESHEET)));
    }

    private static String document() {
        StringBuilder text = new StringBuilder("<records>");
        for (int i = 0; i < RECORDS; i++) {
            text.append("<record id='").append(i).append("' city='city").append(i % 89);
            text.append("'><name>name ").append(i).append(" &amp; more</name><price>");
            text.append(i % 977).append("</price></record>");
        }
        return text.append("</records>").toString();
    }

    @Override
    public void run() throws Exception {
        xerces.parse(new InputSource(new StringReader(document)));
        transform();
        transform();
    }

    private void transform() throws TransformerException {
        saxon.newTransformer()
                .transform(
                        new StreamSource(new StringReader(document)),
                        new StreamResult(new StringWriter()));
    }
}
