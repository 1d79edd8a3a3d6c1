// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.console.metrics.HealthReport;
import io.connectot.console.metrics.PrometheusText;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The JSON API of the pages, metrics and health. Every request is answered from memory; the first
 * one makes the reader start. One instance a request.
 */
@Guarded
@Path("/ot")
public final class ApiResource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMELINE = 200;

  private final Api api;

  /**
   * The API of one request.
   *
   * @param configuration has what the console knows
   */
  public ApiResource(@Context Configuration configuration) {
    this.api = (Api) configuration.getProperty(Api.PROPERTY);
  }

  /**
   * The head of every page: counts, what needs attention, and whether values can be read. Its size
   * has a bound, because every page asks for it every two seconds.
   */
  @GET
  @Path("/api/summary")
  public Response summary(@Context HttpHeaders headers) {
    return answer(
        headers,
        () -> {
          Instant now = api.clock().instant();
          ObjectNode root = JSON.createObjectNode();
          root.put("allow_changes", api.allowChanges());
          root.put("allow_discovery", api.discovery() != null);
          ArrayNode links = root.putArray("links");
          api.links()
              .forEach((title, url) -> links.addObject().put("title", title).put("url", url));
          root.put("problem", api.reader().problem());
          root.put("tags", api.view().tagCount());
          root.put("tags_left_out", api.view().tagsLeftOut());
          root.set("connectors", ConnectorJson.summary(api.catalog().connectors()));
          root.set("devices", PlantJson.deviceSummary(api.view().devices(), now));
          return root;
        });
  }

  /**
   * The devices, those that are not online first.
   *
   * @param text any part of a path, an endpoint or the name of a connector; none for all
   */
  @GET
  @Path("/api/devices")
  public Response devices(@Context HttpHeaders headers, @QueryParam("text") String text) {
    return answer(
        headers,
        () ->
            PlantJson.devices(
                api.view().devices(), text == null ? "" : text, api.clock().instant()));
  }

  /** All connectors of this pack with the states of their tasks. */
  @GET
  @Path("/api/connectors")
  public Response connectors(@Context HttpHeaders headers) {
    return answer(headers, () -> ConnectorJson.list(api.catalog().connectors()));
  }

  /**
   * One level of the tree.
   *
   * @param path the folder; none for the roots
   */
  @GET
  @Path("/api/tree")
  public Response tree(@Context HttpHeaders headers, @QueryParam("path") String path) {
    return answer(headers, () -> api.json().level(path == null ? "" : path));
  }

  /**
   * Tags whose path contains a text.
   *
   * @param text any part of a path
   */
  @GET
  @Path("/api/search")
  public Response search(@Context HttpHeaders headers, @QueryParam("text") String text) {
    return answer(headers, () -> api.json().search(text == null ? "" : text));
  }

  /**
   * A tag with its values for a chart, and its lines in the configuration.
   *
   * @param path the whole path
   */
  @GET
  @Path("/api/tag")
  public Response tag(@Context HttpHeaders headers, @QueryParam("path") String path) {
    return answer(
        headers,
        () -> {
          ObjectNode tag = api.json().tag(path == null ? "" : path);
          if (tag != null) {
            tag.set(
                "configured",
                ConnectorJson.linesOf(
                    api.catalog().connector(tag.path("connector").asText()),
                    tag.path("device").asText(),
                    tag.path("tag").asText()));
          }
          return tag;
        });
  }

  /**
   * A device with what happened to it, its tags without a good value, and the metrics of its
   * connector's tasks on this worker.
   *
   * @param path its path
   * @param connector the connector that reports it
   */
  @GET
  @Path("/api/device")
  public Response device(
      @Context HttpHeaders headers,
      @QueryParam("path") String path,
      @QueryParam("connector") String connector) {
    return answer(
        headers,
        () ->
            DeviceJson.of(
                api.view(), api.metrics().read(), path, connector, api.clock().instant()));
  }

  /** What happened lately. */
  @GET
  @Path("/api/timeline")
  public Response timeline(@Context HttpHeaders headers) {
    return answer(headers, () -> PlantJson.notices(api.view().notices(TIMELINE)));
  }

  /**
   * A connector with its configuration, in which secrets are hidden.
   *
   * @param name its name
   */
  @GET
  @Path("/api/connectors/{name}")
  public Response connector(@Context HttpHeaders headers, @PathParam("name") String name) {
    return answer(
        headers,
        () ->
            api.catalog()
                .connector(name)
                .map(found -> ConnectorJson.whole(found, api.bootstrapServers()))
                .orElse(null));
  }

  /** Metrics in Prometheus' text format. */
  @GET
  @Path("/metrics")
  public Response metrics() {
    api.reader().lookAtStates();
    return Responses.ok(
        PrometheusText.of(
            api.metrics().read(),
            api.catalog().connectors(),
            api.view().devices(),
            api.clock().instant()),
        PrometheusText.TYPE);
  }

  /** Whether everything is as it should be: 200 if so, else 503, with what is not. */
  @GET
  @Path("/health")
  public Response health() {
    api.reader().lookAtStates();
    ObjectNode root = JSON.createObjectNode();
    ArrayNode problems = root.putArray("problems");
    HealthReport.problems(api.catalog().connectors(), api.view().devices(), api.clock().instant())
        .forEach(
            problem ->
                problems
                    .addObject()
                    .put("connector", problem.connector())
                    .put("device", problem.device())
                    .put("state", problem.state())
                    .put("cause", problem.cause()));
    root.put("healthy", problems.isEmpty());
    Response answer = Responses.ok(text(root), Responses.JSON);
    return problems.isEmpty()
        ? answer
        : Response.fromResponse(answer).status(Response.Status.SERVICE_UNAVAILABLE).build();
  }

  /** Null becomes 404. */
  private Response answer(HttpHeaders headers, Supplier<JsonNode> content) {
    if (Responses.isForeign(headers)) {
      return Responses.status(Response.Status.FORBIDDEN);
    }
    api.reader().look();
    JsonNode node = content.get();
    return node == null
        ? Responses.status(Response.Status.NOT_FOUND)
        : Responses.ok(text(node), Responses.JSON);
  }

  private static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
