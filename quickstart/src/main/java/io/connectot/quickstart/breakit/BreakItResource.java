// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.breakit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

/** The page that breaks the plant, and its JSON API. One instance a request. */
@Path("/quickstart")
public final class BreakItResource {
  /** The property of the web server's configuration that has the plant. */
  static final String PLANT = "io.connectot.quickstart.plant";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html;charset=utf-8",
          "breakit.js", "text/javascript;charset=utf-8");

  private final BreakIt plant;
  private final HttpHeaders headers;

  /**
   * The page of one request.
   *
   * @param configuration has the plant
   */
  public BreakItResource(@Context Configuration configuration, @Context HttpHeaders headers) {
    this.plant = (BreakIt) configuration.getProperty(PLANT);
    this.headers = headers;
  }

  /** A file of the page. */
  @GET
  @Path("/{file}")
  public Response file(@PathParam("file") String name) {
    String type = FILES.get(name);
    if (type == null) {
      return with(Response.status(Response.Status.NOT_FOUND));
    }
    try (InputStream in = BreakItResource.class.getResourceAsStream(name)) {
      return with(Response.ok(in.readAllBytes(), type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is broken. */
  @GET
  @Path("/api/state")
  public Response state() {
    return answer(
        () -> {
          ObjectNode root = JSON.createObjectNode();
          ArrayNode devices = root.putArray("devices");
          plant
              .devices()
              .forEach((name, in) -> devices.addObject().put("name", name).put("plugged_in", in));
          root.put("alarm", plant.isAlarm());
          return Response.ok(root.toString(), MediaType.APPLICATION_JSON);
        });
  }

  /** Unplugs a device. */
  @POST
  @Path("/api/devices/{name}/unplug")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response unplug(@PathParam("name") String name) {
    return answer(() -> done(plant.plug(name, false)));
  }

  /** Plugs a device in again. */
  @POST
  @Path("/api/devices/{name}/plug-in")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response plugIn(@PathParam("name") String name) {
    return answer(() -> done(plant.plug(name, true)));
  }

  /** Makes a device send a message that is not JSON. */
  @POST
  @Path("/api/payload")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response badPayload() {
    return answer(
        () -> {
          plant.sendBadPayload();
          return done(true);
        });
  }

  /** Raises the alarm. */
  @POST
  @Path("/api/alarm/raise")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response raiseAlarm() {
    return answer(
        () -> {
          plant.alarm(true);
          return done(true);
        });
  }

  /** Clears the alarm. */
  @POST
  @Path("/api/alarm/clear")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response clearAlarm() {
    return answer(
        () -> {
          plant.alarm(false);
          return done(true);
        });
  }

  private static Response.ResponseBuilder done(boolean found) {
    return Response.status(found ? Response.Status.NO_CONTENT : Response.Status.NOT_FOUND);
  }

  private Response answer(Supplier<Response.ResponseBuilder> content) {
    boolean allowed =
        LocalRequest.isAllowed(
            headers.getHeaderString(HttpHeaders.HOST),
            headers.getHeaderString("Origin"),
            headers.getHeaderString("Sec-Fetch-Site"));
    return with(allowed ? content.get() : Response.status(Response.Status.FORBIDDEN));
  }

  private static Response with(Response.ResponseBuilder response) {
    return response
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .build();
  }
}
