// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.spi.line.LineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a broker.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param path path and query of the WebSocket; empty for other schemes
 */
public record BrokerAddress(Scheme scheme, String host, int port, String path) {

  /**
   * Host and port of names with underscores, which are common in container networks although URLs
   * (RFC 3986, RFC 1123) do not have them.
   */
  private static final Pattern UNDERSCORES =
      Pattern.compile("([A-Za-z0-9_.-]*_[A-Za-z0-9_.-]*)(?::(\\d{1,6}))?");

  /** Transport protocol. */
  public enum Scheme {
    TCP(1883, false, false),
    SSL(8883, true, false),
    WS(80, false, true),
    WSS(443, true, true);

    private final int defaultPort;
    private final boolean secure;
    private final boolean webSocket;

    Scheme(int defaultPort, boolean secure, boolean webSocket) {
      this.defaultPort = defaultPort;
      this.secure = secure;
      this.webSocket = webSocket;
    }

    /** Whether the connection uses TLS. */
    public boolean secure() {
      return secure;
    }

    /** Whether MQTT is carried in WebSocket frames. */
    public boolean webSocket() {
      return webSocket;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code scheme://host[:port][/path]}; {@code mqtt} and {@code mqtts} mean {@code tcp} and
   * {@code ssl}.
   *
   * @throws LineException describing the error; never contains credentials
   */
  public static BrokerAddress parse(String text) throws LineException {
    if (!text.contains("://")) {
      throw new LineException(
          "has no scheme; add tcp://, or ssl:// for TLS, e.g. tcp://"
              + (text.isBlank() || text.indexOf('@') >= 0 || text.indexOf('?') >= 0
                  ? "broker.example.com:1883"
                  : text.trim()));
    }
    URI uri = uri(text.trim());
    Scheme scheme = scheme(uri.getScheme());
    if (uri.getRawUserInfo() != null) {
      throw new LineException(
          "must not contain credentials; set them in "
              + MqttConnectionConfig.USERNAME
              + " and "
              + MqttConnectionConfig.PASSWORD);
    }
    Matcher underscores = UNDERSCORES.matcher(authority(uri));
    boolean named = uri.getHost() == null && underscores.matches();
    if (uri.getHost() == null && !named) {
      throw new LineException("has no host name; write e.g. tcp://broker.example.com:1883");
    }
    int written = named ? port(underscores.group(2)) : uri.getPort();
    int port = written < 0 ? scheme.defaultPort : written;
    if (port < 1 || port > 65_535) {
      throw new LineException("has port " + port + ", which must be from 1 to 65535");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!scheme.webSocket && !path.isEmpty() && !path.equals("/")) {
      throw new LineException(
          "has the path '" + path + "', but only ws:// and wss:// can have one");
    }
    if (uri.getRawFragment() != null || (!scheme.webSocket && uri.getRawQuery() != null)) {
      throw new LineException("must end with the port, or with the path for ws:// and wss://");
    }
    String host = named ? underscores.group(1) : uri.getHost();
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return new BrokerAddress(
        scheme,
        brackets ? host.substring(1, host.length() - 1) : host,
        port,
        scheme.webSocket ? webSocketPath(path, uri.getRawQuery()) : "");
  }

  private static String authority(URI uri) {
    return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
  }

  /** -1 for none. */
  private static int port(String digits) {
    return digits == null ? -1 : Integer.parseInt(digits);
  }

  private static String webSocketPath(String path, String query) {
    return (path.isEmpty() ? "/mqtt" : path) + (query == null ? "" : "?" + query);
  }

  private static URI uri(String text) throws LineException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new LineException(
          "is not a broker URL: " + e.getReason() + "; write e.g. tcp://broker.example.com:1883");
    }
  }

  private static Scheme scheme(String text) throws LineException {
    String name = text == null ? "" : text.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "mqtt" -> Scheme.TCP;
      case "mqtts", "tls" -> Scheme.SSL;
      default ->
          Arrays.stream(Scheme.values())
              .filter(scheme -> scheme.text().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new LineException(
                          "must begin with tcp://, ssl://, ws:// or wss://"
                              + (name.isEmpty() ? "" : ", not " + name + "://")));
    };
  }

  /** The host as written in a URL. */
  public String urlHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** The URL without its query, which may contain a token. */
  @Override
  public String toString() {
    int query = path.indexOf('?');
    return scheme.text()
        + "://"
        + urlHost()
        + ":"
        + port
        + (query < 0 ? path : path.substring(0, query));
  }
}
