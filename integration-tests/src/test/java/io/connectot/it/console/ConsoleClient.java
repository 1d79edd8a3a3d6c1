// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks a worker's console as a browser does. For one thread. */
final class ConsoleClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String worker;
  private final String login;

  ConsoleClient(String worker) {
    this(worker, null);
  }

  /**
   * @param login what the worker's REST authentication needs; null for none
   */
  ConsoleClient(String worker, String login) {
    this.worker = worker;
    this.login = login;
  }

  /** The JSON of an address of the API. */
  JsonNode json(String path) {
    HttpResponse<String> response = get("/ot/api/" + path);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
    return read(response);
  }

  /** The body as JSON. */
  static JsonNode read(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any address, with pairs of header names and values. */
  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  /** Posts JSON to any address, with pairs of header names and values. */
  HttpResponse<String> post(String path, JsonNode body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (!all.contains("Content-Type")) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    return send(
        "POST",
        path,
        HttpRequest.BodyPublishers.ofString(body.toString()),
        all.toArray(String[]::new));
  }

  /** Posts without a body to any address, with pairs of header names and values. */
  HttpResponse<String> postNothing(String path, String... headers) {
    return send("POST", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  /** Deletes what is at an address, with pairs of header names and values. */
  HttpResponse<String> delete(String path, String... headers) {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(worker + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (login != null) {
      request.header("Authorization", login);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The status line of the answer to a request under another name of the worker. */
  String statusUnderName(String path, String name) {
    URI address = URI.create(worker);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("no answer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
