// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Calls of services: limits of requests, results of operations, and what is said of failures. */
package io.connectot.opcua.client.service;
