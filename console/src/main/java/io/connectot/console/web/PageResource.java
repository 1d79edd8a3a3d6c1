// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Properties;

/** The files of the pages, of which there is a fixed list. One instance a request. */
@Path("/ot")
public final class PageResource {
  private static final String PAGE = "/io/connectot/console/page/";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";
  private static final String HTML = "text/html;charset=utf-8";

  private static final Map<String, Resource> FILES = files();

  private record Resource(String path, String type) {}

  /** The pages of one request. */
  public PageResource() {
    // The files are the same for all.
  }

  private static Map<String, Resource> files() {
    Properties libraries = libraries();
    String preact = libraries.getProperty("preact");
    String uplot = libraries.getProperty("uplot");
    return Map.of(
        "index.html", new Resource(PAGE + "index.html", HTML),
        "discover.js", new Resource(PAGE + "discover.js", SCRIPT),
        "console.css", new Resource(PAGE + "console.css", STYLE),
        "console.js", new Resource(PAGE + "console.js", SCRIPT),
        "chart.js", new Resource(PAGE + "chart.js", SCRIPT),
        "views.js", new Resource(PAGE + "views.js", SCRIPT),
        "preact.js", new Resource(preact + "/dist/preact.umd.js", SCRIPT),
        "preact-hooks.js", new Resource(preact + "/hooks/dist/hooks.umd.js", SCRIPT),
        "uplot.js", new Resource(uplot + "/dist/uPlot.iife.min.js", SCRIPT),
        "uplot.css", new Resource(uplot + "/dist/uPlot.min.css", STYLE));
  }

  private static Properties libraries() {
    try (InputStream in =
        PageResource.class.getResourceAsStream("/io/connectot/console/libraries.properties")) {
      Properties libraries = new Properties();
      libraries.load(in);
      return libraries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The start page; relative links of the page need the slash at the end of its address. */
  @GET
  public Response page() {
    return Response.seeOther(URI.create("/ot/index.html")).build();
  }

  /** A file of the pages. */
  @GET
  @Path("/{file}")
  public Response file(@PathParam("file") String name) {
    Resource resource = FILES.get(name);
    if (resource == null) {
      return Responses.status(Response.Status.NOT_FOUND);
    }
    try (InputStream in = PageResource.class.getResourceAsStream(resource.path())) {
      return Responses.file(in.readAllBytes(), resource.type());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
