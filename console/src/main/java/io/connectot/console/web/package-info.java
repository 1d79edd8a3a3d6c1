// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The pages and the JSON API. */
package io.connectot.console.web;
