// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.console.discovery.DiscoveryJob;
import io.connectot.console.discovery.DiscoveryJobs;
import io.connectot.core.spi.discovery.Discovery;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at devices: a request starts a discovery, others ask for what it has found. Refuses
 * everything unless the worker allows it. One instance a request.
 */
@Guarded
@Path("/ot/api/discovery")
public final class DiscoveryResource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY = 1 << 20;

  /** Null unless the worker allows it. */
  private final DiscoveryJobs jobs;

  /**
   * The discoveries of one request.
   *
   * @param configuration has what the console knows
   */
  public DiscoveryResource(@Context Configuration configuration) {
    this.jobs = ((Api) configuration.getProperty(Api.PROPERTY)).discovery();
  }

  /** The protocols that can be looked at. */
  @GET
  public Response protocols(@Context HttpHeaders headers) {
    return allowed(headers, () -> json(Status.OK, DiscoveryJson.catalog(jobs.catalog())));
  }

  /** Starts a discovery. A page of another site cannot send JSON without being asked for. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response start(@Context HttpHeaders headers, InputStream body) {
    return allowed(headers, () -> start(body));
  }

  private Response start(InputStream body) {
    JsonNode node;
    try {
      byte[] bytes = body.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        return message(Status.REQUEST_ENTITY_TOO_LARGE, "the request is longer than 1 MiB");
      }
      node = JSON.readTree(bytes);
    } catch (IOException e) {
      return message(Status.BAD_REQUEST, "the request is not JSON");
    }
    Optional<Discovery> discovery = jobs.catalog().of(node.path("connector").asText());
    if (discovery.isEmpty()) {
      return message(Status.BAD_REQUEST, "connector: no such protocol can be looked at");
    }
    if (node.path("address").asText().isBlank()) {
      return message(
          Status.BAD_REQUEST,
          "address: is missing; write one like " + discovery.get().addressExample());
    }
    return jobs.start(discovery.get(), DiscoveryJson.request(node))
        .map(job -> json(Status.ACCEPTED, DiscoveryJson.state(job, 0)))
        .orElseGet(
            () ->
                message(
                    Status.TOO_MANY_REQUESTS,
                    "too many discoveries run on this worker; wait until one has ended"));
  }

  /**
   * What a discovery has found.
   *
   * @param from how many findings to leave out
   */
  @GET
  @Path("/{id}")
  public Response state(
      @Context HttpHeaders headers, @PathParam("id") String id, @QueryParam("from") int from) {
    return allowed(
        headers,
        () -> {
          Optional<DiscoveryJob> job = jobs.find(id);
          return job.isEmpty()
              ? Responses.status(Status.NOT_FOUND)
              : json(Status.OK, DiscoveryJson.state(job.get(), from));
        });
  }

  /** Ends a discovery and forgets it. */
  @DELETE
  @Path("/{id}")
  public Response cancel(@Context HttpHeaders headers, @PathParam("id") String id) {
    return allowed(
        headers,
        () -> {
          jobs.cancel(id);
          return Responses.status(Status.NO_CONTENT);
        });
  }

  private Response allowed(HttpHeaders headers, Supplier<Response> answer) {
    if (Responses.isForeign(headers)) {
      return Responses.status(Status.FORBIDDEN);
    }
    if (jobs == null) {
      return message(
          Status.FORBIDDEN,
          "the worker does not connect to devices for this page; set"
              + " ot.console.allow.discovery=true in its properties");
    }
    return answer.get();
  }

  private static Response message(Status status, String text) {
    return json(status, JSON.createObjectNode().put("message", text));
  }

  private static Response json(Status status, JsonNode node) {
    return Responses.status(status, node.toString());
  }
}
